//! Single pages: the original beside the text, a folded lineage, documents that are only cited, oddities in the reader's language.

use crate::harness::{TempCorpus, root};
use crate::served::Served;
use crate::web::{ID, corpus};

const DISTRICT: &str = "HUYỆN ỦY LAM THƯỢNG\nSố 7-KH/HU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nLam Thượng, ngày 02 tháng 10 năm 2024\n\nKẾ HOẠCH\n\
    thực hiện Kế hoạch số 12-KH/TU, ngày 18/9/2024 của Tỉnh ủy Sông Lam\n\nI- MỤC ĐÍCH\nTổ chức thực hiện ở cơ sở.\n\nT/M BAN THƯỜNG VỤ\nNguyễn Văn D\n";

#[test]
fn the_original_stands_beside_the_text_and_can_do_nothing() {
    let pdf = std::fs::read(root().join("tests/fixtures/formats/paper.pdf")).expect("a fixture");
    let server = Served::start(TempCorpus::new().file("chi-thi.pdf", &pdf).file("kh.txt", DISTRICT).ingest(), []);
    let id = |number: &str| {
        let found = server.get(&format!("/api/v1/documents?ref={number}")).ok().json();
        found["groups"][0]["document"]["id"].as_str().expect("a document").to_owned()
    };
    let (printed, typed) = (id("15-CT%2FTU"), id("7-KH%2FHU"));
    let page = server.get(&format!("/documents/{printed}")).ok().text();
    assert!(page.contains("?beside=1") && !page.contains("<iframe"), "{page}");
    let page = server.get(&format!("/documents/{printed}?beside=1")).ok();
    assert!(
        page.text().contains(&format!("<iframe src=\"/documents/{printed}/view?n=0#page=1&#38;view=FitH\" title=\"")),
        "{}",
        page.text()
    );
    assert!(page.header("content-security-policy").is_some_and(|policy| policy.contains("frame-src 'self'")));
    let shown = server.get(&format!("/documents/{printed}/view?n=0")).ok();
    assert_eq!((shown.header("content-type"), shown.body == pdf), (Some("application/pdf"), true));
    assert!(shown.header("content-disposition").is_some_and(|how| how.starts_with("inline; filename=\"")));
    let policy = shown.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'self'") && !policy.contains("script"), "{policy}");
    assert_eq!((shown.header("x-frame-options"), shown.header("x-content-type-options")), (Some("SAMEORIGIN"), Some("nosniff")));

    // Asked again, the answer keeps the headers that let it stand in the frame.
    let tag = shown.header("etag").expect("a tag").to_owned();
    let again = server.send("GET", &format!("/documents/{printed}/view?n=0"), &[("If-None-Match", &tag)], b"");
    assert!(again.status == 304 && again.header("x-frame-options").is_none() && again.header("content-security-policy").is_none());

    // A text is text: nothing to be shown beside it, and never sent as anything that a browser would run.
    assert!(!server.get(&format!("/documents/{typed}")).ok().text().contains("?beside=1"));
    assert_eq!(server.get(&format!("/documents/{typed}/view")).status, 404);
    assert_eq!(server.get(&format!("/documents/{printed}/view?n=7")).status, 404);
    server.corpus.write(std::path::Path::new("corpus/chi-thi.pdf"), b"%PDF-1.4 another");
    assert_eq!(server.get(&format!("/documents/{printed}/view")).status, 404, "a file that was changed is not served");
}

#[test]
fn a_branch_of_a_lineage_is_folded_and_opened_again() {
    let server = Served::start(corpus().file("huyen.txt", DISTRICT).ingest(), []);
    let whole = server.get(&format!("/documents/{ID}/lineage")).ok().text();
    assert!(whole.contains("7-KH/HU") && whole.contains("?fold=12-kh-tu-2024"), "{whole}");
    let folded = server.get(&format!("/documents/{ID}/lineage?fold=12-kh-tu-2024")).ok().text();
    assert!(folded.contains("12-KH/TU") && !folded.contains("7-KH/HU"), "{folded}");
    assert!(folded.contains("1 văn bản đang thu gọn") && folded.contains(&format!("href=\"/documents/{ID}/lineage\">Mở tất cả")));
    // The files hold what the page shows; an id that is not there folds nothing.
    let csv = server.get(&format!("/documents/{ID}/lineage.csv?fold=12-kh-tu-2024")).ok().text();
    assert!(csv.contains("12-KH/TU") && !csv.contains("7-KH/HU"));
    assert!(server.get(&format!("/documents/{ID}/lineage?fold=khong-co")).ok().text().contains("7-KH/HU"));
}

#[test]
fn documents_that_are_only_cited_are_found_by_number_and_counted() {
    let server = Served::start(corpus(), []);
    let page = server.get("/search").ok().text();
    assert!(page.contains("held=cited") && page.contains("Chỉ được viện dẫn"), "{page}");
    let cited = server.get("/search?held=cited").ok().text();
    assert!(cited.contains("href=\"/documents/99-kl-tw-2021\"") && !cited.contains(&format!("href=\"/documents/{ID}\"")), "{cited}");
    for (query, there) in [
        ("q=ket+luan+99", true),
        ("q=99-KL%2FTW", true),
        ("q=99&kind=KL&from=2021-01-01", true),
        ("q=98", false),
        ("q=99&kind=CT", false),
        ("q=99&to=2020-12-31", false),
    ] {
        let page = server.get(&format!("/search?held=cited&{query}")).ok().text();
        assert_eq!(
            page.split("<ol class=\"hits\">").nth(1).is_some_and(|hits| hits.contains("/documents/99-kl-tw-2021")),
            there,
            "{query}"
        );
    }
    assert_eq!(server.get("/search?held=maybe").status, 400);
    // The same of the interface for programs.
    let found = server.get("/api/v1/search?q=99&held=cited").ok().json();
    assert_eq!((&found["total"], &found["hits"][0]["document"]["id"]), (&1.into(), &"99-kl-tw-2021".into()), "{found}");
    assert_eq!(found["facets"]["held"][1], serde_json::json!({"value": "cited", "count": 1}), "{found}");
    assert_eq!(server.get("/api/v1/search?q=99").ok().json()["facets"]["held"], found["facets"]["held"]);
}

#[test]
fn what_is_odd_is_told_in_the_language_of_the_reader() {
    let bare = "TỈNH ỦY SÔNG LAM\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nBÁO CÁO\nvề việc rà soát văn bản\n\nNội dung thực hiện Chỉ thị số 38-CT/TW, ngày 31/02/2024 của Ban Bí thư.\n";
    let server = Served::start(TempCorpus::new().file("bao-cao.txt", bare).ingest(), []);
    let found = server.get("/api/v1/search?q=ra+soat").ok().json();
    let id = found["hits"][0]["document"]["id"].as_str().expect("an id").to_owned();
    let shown = server.get(&format!("/api/v1/documents/{id}")).ok().json();
    let warnings = shown["groups"][0]["copies"][0]["warnings"].as_array().expect("warnings").clone();
    assert!(!warnings.is_empty());
    let page = server.get(&format!("/documents/{id}/copies")).ok().text();
    for warning in warnings.iter().filter_map(|warning| warning.as_str()) {
        assert!(!page.contains(warning), "{warning}: in English");
    }
    assert!(page.contains("văn bản không ghi"), "{page}");
}
