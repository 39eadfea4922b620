//! The hostile set: files made to break readers, each by a few lines here; what becomes of each is in
//! `tests/cases/source/hostile.tsv`.
#![cfg(target_os = "linux")]

use std::io::{Cursor, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Name and bytes of each file.
pub(crate) fn all() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for (kind, made) in
        [("text", text()), ("html", html()), ("rtf", rtf()), ("pdf", pdf()), ("zip", archives()), ("office", office()), ("ole", ole())]
    {
        files.extend(made.into_iter().map(|(name, bytes)| (format!("{kind}/{name}"), bytes)));
    }
    files.extend(cut());
    files
}

type Files = Vec<(String, Vec<u8>)>;

fn named<const N: usize>(files: [(&str, Vec<u8>); N]) -> Files {
    files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

/// `start`, `part` so many times, `end`.
fn times(start: &str, part: &str, count: usize, end: &str) -> Vec<u8> {
    [start, &part.repeat(count), end].concat().into_bytes()
}

/// Bytes without any order, always the same.
fn noise(count: usize) -> Vec<u8> {
    let mut seed = 0x2545_f491_u32;
    let next = |_| {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        (seed >> 11) as u8
    };
    (0..count).map(next).collect()
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats").join(name)).unwrap()
}

fn text() -> Files {
    let utf16 = [&b"\xff\xfe"[..], &[0x00, 0xd8, 0x41].repeat(999)].concat();
    named([
        ("nothing.txt", Vec::new()),
        ("blank.txt", times("", " \r\n\u{feff}", 1000, "")),
        ("zeros.txt", vec![0; 1 << 20]),
        ("noise.txt", noise(1 << 16)),
        ("noise", noise(1 << 16)),
        ("utf16_odd.txt", utf16),
        ("one_line.txt", times("", "chữ ", 500_000, "")),
        ("one_word.txt", times("", "a", 2_000_000, "")),
        ("newlines.txt", times("a", "\n", 2_000_000, "b")),
        ("pages.txt", times("a", "\u{c}", 300_000, "b")),
        ("marks.txt", times("a", "\u{301}\u{323}", 300_000, "")),
        ("turned.txt", times("a", "\u{202e}\u{2066}", 300_000, "b")),
        ("slashes.txt", times("a", "-/", 500_000, "")),
        ("numbers.txt", times("", "1-1/1.", 200_000, "")),
        ("symbols.txt", times("", "Chỉ thị số 12-CT/TW, ", 10_000, "")),
        ("digits.txt", times("Số ", "1", 2_000_000, "-CT/TW")),
        ("symbol_without_end.txt", times("Số 1-CT", "/TW", 300_000, "")),
        ("brackets.txt", times("", "(", 300_000, "")),
        ("quotes.txt", times("", "“a ", 200_000, "")),
        ("json.txt", times("", "[{\"a\":", 200_000, "")),
        ("cells.txt", times("", "|\n", 300_000, "")),
        ("items.txt", times("", "1. a\na) b\n- c\n", 30_000, "")),
        ("articles.txt", times("", "Điều 1. Khoản 1\n", 30_000, "")),
        ("capitals.txt", times("", "ĐẢNG\n", 200_000, "")),
        ("quoted.md", times("", ">", 200_000, "a")),
        ("emphasis.md", times("", "*_", 200_000, "a")),
        ("pipes.md", times("|", "a|", 200_000, "\n|-|\n")),
        ("form.xml", times("<?xml version='1.0'?>", "<a>", 200_000, "")),
    ])
}

fn html() -> Files {
    let page = |body: Vec<u8>| [&b"<!doctype html><html><body>"[..], &body].concat();
    named([
        ("deep.html", page(times("", "<div>", 20_000, "chữ"))),
        ("tables.html", page(times("", "<table><tr><td>", 5_000, "chữ"))),
        ("lists.html", page(times("", "<ul><li>", 5_000, "chữ"))),
        ("unclosed.html", page(times("", "<b><i><font><p>", 5_000, "chữ"))),
        ("misnested.html", page(times("", "<a><p>", 3_000, "chữ"))),
        ("attributes.html", page([b"<p ".to_vec(), times("", "a=1 b ", 100_000, ">chữ</p>")].concat())),
        ("colspan.html", page(b"<table><tr><td colspan=1000000000 rowspan=1000000000>ch\xe1\xbb\xaf</table>".to_vec())),
        ("entities.html", page(times("<p>", "&#x1F600;&amp;&nosuch;", 50_000, "</p>"))),
        ("angles.html", page(times("", "<", 1_000_000, ""))),
        ("comment.html", page(times("<!--", "-", 1_000_000, ""))),
        ("script.html", page(times("<script>", "document.write('<p>');", 50_000, ""))),
        ("paragraphs.html", page(times("", "<p>a", 100_000, ""))),
    ])
}

fn rtf() -> Files {
    let doc = |body: Vec<u8>| [&b"{\\rtf1\\ansi "[..], &body, b"}"].concat();
    named([
        ("groups.rtf", doc([times("", "{", 100_000, "a"), times("", "}", 100_000, "")].concat())),
        ("groups_open.rtf", times("{\\rtf1 ", "{", 100_000, "a")),
        ("groups_closed.rtf", times("{\\rtf1 a", "}", 100_000, "")),
        ("bin.rtf", doc(b"\\bin999999999 abc".to_vec())),
        ("unicode.rtf", doc(times("\\uc1000000000", "\\u-1 ?", 10_000, ""))),
        ("keyword.rtf", doc(times("\\", "a", 1_000_000, " b"))),
        ("number.rtf", doc(times("\\li", "9", 100_000, " b"))),
        ("cells.rtf", doc(times("\\trowd", "\\cellx1 a\\cell", 50_000, "\\row"))),
        ("tables.rtf", doc(times("", "\\trowd\\itap9 a\\nestcell", 10_000, "\\nestrow"))),
        ("fonts.rtf", doc(times("{\\fonttbl", "{\\f1 .VnTime;}", 50_000, "}\\f1 a"))),
        ("pictures.rtf", doc(times("", "{\\pict ff}", 50_000, ""))),
    ])
}

/// A PDF of these objects, numbered from 1, with a sound table.
fn made_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    out.extend(format!("trailer\n<</Size {}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

fn object(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<<{dictionary}>>\nstream\n").as_bytes(), bytes, b"\nendstream"].concat()
}

/// One page with this content (object 4), these further entries of the page, and further objects from 6 on.
fn page(entries: &str, content: Vec<u8>, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        object("<</Type/Catalog/Pages 2 0 R>>"),
        object("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        object(&format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>{entries}>>")),
        content,
        object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"),
    ];
    objects.extend_from_slice(more);
    made_of(&objects, "")
}

fn words(text: &str) -> Vec<u8> {
    let content = format!("BT /F 12 Tf 72 700 Td ({text}) Tj ET");
    stream(&format!("/Length {}", content.len()), content.as_bytes())
}

/// What zlib makes of so many blanks, packed once more when `twice`.
fn bomb(count: usize, twice: bool) -> Vec<u8> {
    let pack = |bytes: Vec<u8>| {
        let mut stream = lopdf::Stream::new(lopdf::Dictionary::new(), bytes);
        stream.compress().unwrap();
        stream.content
    };
    let once = pack(vec![b' '; count]);
    if twice { pack(once) } else { once }
}

fn pdf() -> Files {
    const BOX: &str = "/MediaBox[0 0 595 842]";
    let said = || words("Chi thi so 12-CT/TW ve mot viec dai dong de du chu");
    let sound = page(BOX, said(), &[]);
    let with = |from: &str, to: &str| {
        let text = String::from_utf8(sound.clone()).unwrap();
        assert!(text.contains(from), "{from}");
        text.replace(from, to).into_bytes()
    };
    let packed = |bytes: Vec<u8>, filters: &str| stream(&format!("/Filter{filters}/Length {}", bytes.len()), &bytes);
    let cmap = b"begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap";
    let form = b"/X Do /X Do BT /F 12 Tf (a) Tj ET";
    let form = stream(
        &format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>/Length {}", form.len()),
        form,
    );
    let picture =
        stream("/Type/XObject/Subtype/Image/Width 1000000/Height 1000000/BitsPerComponent 8/ColorSpace/DeviceRGB/Length 3", b"abc");
    let draw = stream("/Length 5", b"/X Do");
    let one_page = |contents: &str| sound_with_contents(contents);
    let chain = "/FlateDecode".repeat(1000);
    named([
        ("sound.pdf", sound.clone()),
        ("head_only.pdf", object("%PDF-1.7\n")),
        ("noise.pdf", [b"%PDF-1.7\n".to_vec(), noise(100_000), b"startxref\n9\n%%EOF".to_vec()].concat()),
        ("xref_loop.pdf", with("<</Size 6/Root 1 0 R>>", &format!("<</Size 6/Root 1 0 R/Prev {}>>", table_of(&sound)))),
        ("xref_outside.pdf", with(&format!("startxref\n{}", table_of(&sound)), "startxref\n99999999999")),
        ("xref_count.pdf", with("xref\n0 6", "xref\n0 999999999")),
        ("root_missing.pdf", with("/Root 1 0 R", "/Root 77 0 R")),
        ("root_itself.pdf", with("/Type/Catalog/Pages 2 0 R", "/Type/Catalog/Pages 1 0 R")),
        ("pages_loop.pdf", with("/Kids[3 0 R]", "/Kids[2 0 R]")),
        ("pages_many.pdf", with("/Kids[3 0 R]/Count 1", &format!("/Kids[{}]/Count 1", "3 0 R ".repeat(100_000)))),
        ("count_lie.pdf", with("/Count 1>>", "/Count 999999999>>")),
        ("length_long.pdf", with("/Length 80", "/Length 99999999")),
        ("length_short.pdf", with("/Length 80", "/Length 1")),
        ("length_itself.pdf", with("/Length 80", "/Length 4 0 R")),
        ("length_negative.pdf", with("/Length 80", "/Length -80")),
        ("contents_loop.pdf", one_page("[4 0 R[4 0 R[4 0 R]]2 0 R 3 0 R]")),
        ("contents_many.pdf", one_page(&format!("[{}]", "4 0 R ".repeat(10_000)))),
        ("bomb.pdf", page(BOX, packed(bomb(300 << 20, false), "/FlateDecode"), &[])),
        ("bomb_twice.pdf", page(BOX, packed(bomb(300 << 20, true), "[/FlateDecode/FlateDecode]"), &[])),
        ("filters.pdf", page(BOX, packed(bomb(100, false), &format!("[{chain}]")), &[])),
        (
            "predictor.pdf",
            page(
                BOX,
                stream(
                    "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 255/BitsPerComponent 16>>/Length 12",
                    &bomb(9, false),
                ),
                &[],
            ),
        ),
        ("form_loop.pdf", page(BOX, draw.clone(), &[form])),
        ("picture_huge.pdf", page(BOX, draw, &[picture])),
        ("page_huge.pdf", page("/MediaBox[-999999999 -999999999 99999999999999999999 999999999]/UserUnit 999999999", said(), &[])),
        ("page_none.pdf", page("/MediaBox[0 0 0 0]/Rotate 17", said(), &[])),
        (
            "letters_huge.pdf",
            page(
                BOX,
                stream(
                    "/Length 99",
                    b"BT /F 9999999999999 Tf 99999999999999999999999999 -999999999 Td (Chi thi so 12 ve mot viec) Tj ET  ",
                ),
                &[],
            ),
        ),
        ("cmap_huge.pdf", page(BOX, said(), &[stream(&format!("/Length {}", cmap.len()), cmap)])),
        (
            "states.pdf",
            page(
                BOX,
                {
                    let many = "q ".repeat(500_000);
                    stream(&format!("/Length {}", many.len()), many.as_bytes())
                },
                &[],
            ),
        ),
        (
            "operands.pdf",
            page(
                BOX,
                {
                    let many = "1 ".repeat(500_000);
                    stream(&format!("/Length {}", many.len()), many.as_bytes())
                },
                &[],
            ),
        ),
        ("arrays.pdf", page(&format!("{BOX}/A{}{}", "[".repeat(100_000), "]".repeat(100_000)), said(), &[])),
        ("dictionaries.pdf", page(&format!("{BOX}/A{}{}", "<</A".repeat(100_000), ">>".repeat(100_000)), said(), &[])),
        ("name_endless.pdf", page(&format!("{BOX}/{} 1", "a".repeat(3_000_000)), said(), &[])),
        ("text_open.pdf", page(&format!("{BOX}/A({}", "(".repeat(100_000)), said(), &[])),
        ("million.pdf", page(BOX, said(), &vec![object("null"); 1_000_000])),
        ("objects_lie.pdf", page(BOX, said(), &[stream("/Type/ObjStm/N 999999999/First 5/Extends 6 0 R/Length 9", b"6 0 6 0 6")])),
        (
            "encrypt_strange.pdf",
            with("/Root 1 0 R>>", "/Root 1 0 R/Encrypt<</Filter/Standard/V 99/R 99/Length 7/O(a)/U(b)/P -1>>/ID[(a)(b)]>>"),
        ),
        ("encrypted.pdf", fixture("locked.pdf")),
        ("scan.pdf", fixture("pictures.pdf")),
    ])
}

/// Where the table of a PDF stands.
fn table_of(pdf: &[u8]) -> usize {
    memchr::memmem::find(pdf, b"xref\n0").unwrap()
}

fn sound_with_contents(contents: &str) -> Vec<u8> {
    let objects = [
        object("<</Type/Catalog/Pages 2 0 R>>"),
        object("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        object(&format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {contents}/Resources<</Font<</F 5 0 R>>>>>>")),
        words("Chi thi so 12-CT/TW ve mot viec dai dong de du chu"),
        object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
    ];
    made_of(&objects, "")
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let plain = *name == "mimetype";
        let method = if plain { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The bytes with a number at so many bytes behind each place of a mark.
fn patched(mut bytes: Vec<u8>, mark: &[u8], behind: usize, to: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, mark).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at + behind..at + behind + to.len()].copy_from_slice(to);
    }
    bytes
}

const DIRECTORY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";
const END: &[u8] = b"PK\x05\x06";

fn archives() -> Files {
    let paper = "Số 1-CT/TU\nCHỈ THỊ\nvề rừng\n".as_bytes();
    let sound = zipped(&[("a.txt", paper)]);
    let crowd: Vec<String> = (0..2_500).map(|i| format!("{i}.txt")).collect();
    let crowd: Vec<(&str, &[u8])> = crowd.iter().map(|name| (name.as_str(), &b""[..])).collect();
    named([
        ("bomb.zip", zipped(&[("a.txt", &vec![b' '; 20 << 20])])),
        ("inside.zip", zipped(&[("b.zip", &sound)])),
        ("crowd.zip", zipped(&crowd)),
        ("outside.zip", zipped(&[("../../out.txt", paper)])),
        ("absolute.zip", zipped(&[("/etc/out.txt", paper)])),
        ("names.zip", zipped(&[("a\nb\u{202e}.txt", b" ")])),
        ("size_long.zip", patched(sound.clone(), DIRECTORY, 24, &[0xf0, 0, 0, 0])),
        ("size_huge.zip", patched(sound.clone(), DIRECTORY, 24, &[0xf0, 0xff, 0xff, 0x7f])),
        ("packed_long.zip", patched(sound.clone(), DIRECTORY, 20, &[0xf0, 0xff, 0xff, 0x0f])),
        ("place_lie.zip", patched(sound.clone(), DIRECTORY, 42, &[0xf0, 0xff, 0xff, 0x0f])),
        ("count_lie.zip", patched(sound.clone(), END, 8, &[0xff, 0x7f, 0xff, 0x7f])),
        ("method.zip", patched(patched(sound.clone(), DIRECTORY, 10, &[99, 0]), LOCAL, 8, &[99, 0])),
        ("encrypted.zip", patched(patched(sound.clone(), DIRECTORY, 8, &[1, 0]), LOCAL, 6, &[1, 0])),
        ("checksum.zip", patched(sound, DIRECTORY, 16, &[1, 2, 3, 4])),
    ])
}

fn docx(document: &[u8]) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>"),
        ("_rels/.rels", b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>"),
        ("word/document.xml", document),
    ])
}

fn body(inner: Vec<u8>) -> Vec<u8> {
    [
        &b"<?xml version='1.0'?><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"[..],
        &inner,
        b"</w:body></w:document>",
    ]
    .concat()
}

fn odt(inner: Vec<u8>) -> Vec<u8> {
    let head = b"<?xml version='1.0'?><office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'><office:body><office:text>";
    let content = [&head[..], &inner, b"</office:text></office:body></office:document-content>"].concat();
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

fn office() -> Files {
    let both = |open: &str, inner: &str, close: &str, count: usize| {
        times("", open, count, inner).into_iter().chain(times("", close, count, "")).collect::<Vec<u8>>()
    };
    const CELL: &str = "<w:p><w:r><w:t>chữ</w:t></w:r></w:p>";
    let laughs: String = (1..10).map(|i| format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10))).collect();
    let laughs = format!(
        "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a0 \"ha\">{laughs}]><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
    );
    named([
        ("bomb.docx", docx(&body(times("<w:p><w:r><w:t>", " ", 200 << 20, "</w:t></w:r></w:p>")))),
        ("tables.docx", docx(&body(both("<w:tbl><w:tr><w:tc>", CELL, "</w:tc></w:tr></w:tbl>", 5_000)))),
        ("boxes.docx", docx(&body(both("<w:sdt><w:sdtContent>", CELL, "</w:sdtContent></w:sdt>", 20_000)))),
        ("laughs.docx", docx(laughs.as_bytes())),
        ("span.docx", docx(&body(format!("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr>{CELL}</w:tc></w:tr></w:tbl>").into_bytes()))),
        ("open.docx", docx(&body(times("", "<w:p>", 50_000, "chữ")))),
        ("noise.docx", docx(&noise(50_000))),
        ("empty.docx", docx(b"")),
        ("missing.docx", zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/other.xml", b"<a/>")])),
        ("encrypted.docx", fixture("locked.docx")),
        ("bomb.odt", odt(times("<text:p>", " ", 200 << 20, "</text:p>"))),
        ("lists.odt", odt(both("<text:list><text:list-item>", "<text:p>chữ</text:p>", "</text:list-item></text:list>", 5_000))),
        ("columns.odt", odt(b"<table:table><table:table-row table:number-rows-repeated='1000000000'><table:table-cell table:number-columns-repeated='1000000000'><text:p>a</text:p></table:table-cell></table:table-row></table:table>".to_vec())),
        ("blanks.odt", odt(b"<text:p>a<text:s text:c='2000000000'/>b</text:p>".to_vec())),
    ])
}

fn compound(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn ole() -> Files {
    let sound = fixture("paper.doc");
    let at = |place: usize, to: &[u8]| {
        let mut bytes = sound.clone();
        bytes[place..place + to.len()].copy_from_slice(to);
        bytes
    };
    // The flags of the file information block, which the stream WordDocument begins with.
    let block = memchr::memmem::find(&sound, b"\xec\xa5").unwrap();
    // The first sector of the allocation table, by its number in the header.
    let sector = usize::try_from(u32::from_le_bytes(sound[76..80].try_into().unwrap())).unwrap();
    let table = 512 * (sector + 1);
    let looped: Vec<u8> = (0..128_u32).flat_map(u32::to_le_bytes).collect();
    named([
        ("empty.doc", compound(&[("/WordDocument", Vec::new()), ("/1Table", Vec::new())])),
        ("noise.doc", compound(&[("/WordDocument", noise(20_000)), ("/1Table", noise(20_000))])),
        ("sectors_loop.doc", at(table, &looped)),
        ("sectors_count.doc", at(44, &[0xff, 0xff, 0xff, 0x7f])),
        ("sectors_size.doc", at(30, &[31, 0])),
        ("directory.doc", at(48, &[0xf0, 0xff, 0xff, 0x0f])),
        ("chain.doc", at(68, &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f])),
        ("encrypted.doc", at(block + 10, &[sound[block + 10], sound[block + 11] | 1])),
        ("length.doc", at(block + 76, &[0xff, 0xff, 0xff, 0x7f])),
        ("pieces.doc", at(block + 0x1a2, &[0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f])),
        ("workbook.doc", compound(&[("/Workbook", noise(1000))])),
        ("package.docx", compound(&[("/EncryptedPackage", noise(1000)), ("/EncryptionInfo", noise(100))])),
    ])
}

/// Each format, cut at every tenth.
fn cut() -> Files {
    let archive = zipped(&[("a.txt", "Số 1-CT/TU\nCHỈ THỊ\nvề rừng\n".repeat(50).as_bytes()), ("b.txt", b"x")]);
    let whole = [
        ("pdf", fixture("paper.pdf")),
        ("docx", fixture("paper.docx")),
        ("doc", fixture("paper.doc")),
        ("odt", fixture("paper.odt")),
        ("rtf", fixture("paper.rtf")),
        ("html", fixture("paper.html")),
        ("txt", fixture("utf16.txt")),
        ("zip", archive),
    ];
    whole
        .iter()
        .flat_map(|(kind, bytes)| (1..10).map(move |tenth| (format!("cut/{tenth}.{kind}"), bytes[..bytes.len() * tenth / 10].to_vec())))
        .collect()
}
