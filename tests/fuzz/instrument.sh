#!/bin/sh
# Called by cargo instead of the compiler for the packages of this project: adds the counters that tell the engine which
# branches an input reaches. Packages of others are compiled as ever, and shared with the usual build.
exec "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
  -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1
