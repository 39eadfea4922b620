#!/usr/bin/env bash
# run.sh SECONDS [TARGET]…: builds the targets with counters and runs each for so long. Needs a C++ compiler.
# FUZZ_SEED=N makes the same inputs each time for the same code; without it every run looks elsewhere.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
seconds="${1:?seconds for each target}"
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(normalise extract reference decode)
cd "$root"
export RUSTC_WORKSPACE_WRAPPER="$here/instrument.sh"
cargo build --locked --package vanban-fuzz
built="${CARGO_TARGET_DIR:-target}/debug"
for target in "${targets[@]}"; do
  found="$(mktemp -d)"
  seeds=("$here/corpus/$target")
  case "$target" in
    reference) ;;
    decode) seeds+=("$root/corpus" "$root/tests/fixtures/formats") ;;
    *) seeds+=("$root/tests/papers/docs") ;;
  esac
  mkdir -p "${seeds[0]}"
  echo "== $target, $seconds s"
  # New inputs go to a folder of their own, so that a run changes nothing that is kept; findings go to the same folder.
  if ! "$built/$target" -seed="${FUZZ_SEED:-0}" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -max_len=16384 -dict="$here/words.dict" \
    -artifact_prefix="$found/" -print_final_stats=1 -verbosity=0 "$found" "${seeds[@]}"; then
    echo "$target: a finding, kept in $found; make it a case of the tests" >&2
    exit 1
  fi
  echo "new inputs: $(find "$found" -type f | wc -l), in $found"
done
