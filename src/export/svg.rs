//! SVG of a lineage: one lane a level, time from left to right.
//!
//! Time runs in columns, so that five hundred documents stay readable: a column is a stretch of one year in which no lane has more
//! than a few boxes; documents without date stand in the first ones. Lines go from the acting box to the one acted on; those that
//! another paper states are dashed. Colours are attributes, which a style sheet around the picture may replace by its classes.
//! Not here: anything that needs a script or a font file; which edges there are.

use super::{label, short, united};
use crate::model::plain::escaped as xml;
use crate::model::{Level, Relation};
use crate::query::view::{Document, Lineage, LineageEdge};
use std::collections::HashMap;

const BOX_WIDTH: f64 = 196.0;
const BOX_HEIGHT: f64 = 50.0;
const GAP: f64 = 12.0;
/// Between two columns, for the lines.
const AISLE: f64 = 46.0;
const MARGIN: f64 = 104.0;
const AXIS: f64 = 34.0;
/// Characters that fit in a box.
const LINE: usize = 28;
/// Most characters of a tooltip.
const TIP: usize = 180;
/// Boxes of a lane below each other, at least; more where there are very many.
const ROWS: usize = 6;

const LEVELS: [Option<Level>; 5] = [Some(Level::Central), Some(Level::Province), Some(Level::District), Some(Level::Commune), None];

/// The address of something.
type Link<T, A> = Box<dyn Fn(&T) -> A>;

/// Words and links of a drawing.
pub struct Drawing {
    /// Names of the lanes, from the centre down to the unknown level.
    pub lanes: [String; 5],
    /// Name of the columns without date.
    pub undated: String,
    /// Name of a relation.
    pub relation: Box<dyn Fn(Relation) -> String>,
    /// Address of a document by its id; without it documents are no links.
    pub node: Option<Link<str, String>>,
    /// Address of the sentence that proves an edge, where there is one.
    pub edge: Option<Link<LineageEdge, Option<String>>>,
    /// A sign on a document by its id that folds what lies behind it, where something does.
    pub sign: Option<Link<str, Option<Sign>>>,
}

/// A small link on a document.
#[derive(Clone, Debug)]
pub struct Sign {
    /// What it looks like.
    pub look: char,
    /// Its address.
    pub href: String,
    /// What it does, in words.
    pub does: String,
}

impl Default for Drawing {
    fn default() -> Drawing {
        Drawing {
            lanes: ["Trung ương", "Tỉnh, thành phố", "Huyện", "Xã, phường", "Chưa rõ cấp"].map(str::to_owned),
            undated: "Chưa rõ ngày".to_owned(),
            relation: Box::new(|relation| relation.as_str().to_owned()),
            node: None,
            edge: None,
            sign: None,
        }
    }
}

/// A drawing of its own size, without links.
pub fn lineage_svg(lineage: &Lineage) -> String {
    lineage_drawing(lineage, &Drawing::default())
}

/// A drawing with the words and links of `drawing`; everything is escaped, the sentence of each edge is its tooltip.
pub fn lineage_drawing(lineage: &Lineage, drawing: &Drawing) -> String {
    let (nodes, edges) = united(lineage);
    let roots: Vec<&str> = lineage.groups.iter().map(|group| group.root.id.as_str()).collect();
    let plan = Plan::new(&nodes);
    let (width, height) = (plan.width, plan.height);
    // A picture with links in it is no mere picture for those who do not see it.
    let role = if drawing.node.is_some() { "group" } else { "img" };
    let name = lineage.groups.first().map(|group| xml(&label(&group.root).join(", "))).unwrap_or_default();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" \
         font-family=\"sans-serif\" font-size=\"12\" class=\"lineage\" role=\"{role}\" aria-label=\"{name}\">\n<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" \
         refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path d=\"M0 0L8 4L0 8z\" fill=\"#5a6472\" class=\"head\"/></marker></defs>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\" class=\"ground\"/>\n"
    );
    plan.rules(&mut out, drawing);
    out += "<g fill=\"none\" stroke-opacity=\"0.55\" stroke-width=\"1.4\">\n";
    for edge in edges {
        if let (Some(from), Some(to)) = (plan.at.get(edge.from.as_str()), plan.at.get(edge.to.as_str())) {
            line(&mut out, edge, *from, *to, drawing);
        }
    }
    out += "</g>\n<g fill=\"#1c2430\">\n";
    for node in &nodes {
        if let Some(place) = plan.at.get(node.id.as_str()) {
            card(&mut out, node, *place, roots.contains(&node.id.as_str()), drawing);
        }
    }
    out += "</g>\n</svg>\n";
    out
}

/// Left upper corner of a box.
type Place = (f64, f64);

/// Where everything stands.
struct Plan<'a> {
    at: HashMap<&'a str, Place>,
    /// Year (none for undated), left end, right end.
    years: Vec<(Option<i16>, f64, f64)>,
    /// Level, top, bottom.
    lanes: Vec<(usize, f64, f64)>,
    width: f64,
    height: f64,
}

impl<'a> Plan<'a> {
    fn new(nodes: &[&'a Document]) -> Plan<'a> {
        let lane_of = |node: &Document| LEVELS.iter().position(|level| *level == node.level).unwrap_or(LEVELS.len() - 1);
        let mut sorted: Vec<&Document> = nodes.to_vec();
        sorted.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        let mut sizes = [0usize; LEVELS.len()];
        nodes.iter().for_each(|node| sizes[lane_of(node)] += 1);
        // So many rows that the picture is about twice as wide as high, whatever the number of boxes.
        let most = sizes.map(|size| ROWS.max((size as f64 / 2.2).sqrt().ceil() as usize));
        let mut columns: Vec<(Option<i16>, [usize; LEVELS.len()])> = Vec::new();
        let mut placed: Vec<(&'a str, usize, usize, usize)> = Vec::new();
        for node in sorted {
            let (year, lane) = (node.date.map(|day| day.year()), lane_of(node));
            if columns.last().is_none_or(|(of, used)| *of != year || used[lane] >= most[lane]) {
                columns.push((year, [0; LEVELS.len()]));
            }
            let column = columns.len() - 1;
            placed.push((node.id.as_str(), column, lane, columns[column].1[lane]));
            columns[column].1[lane] += 1;
        }
        let mut lanes = Vec::new();
        let mut tops = [0.0; LEVELS.len()];
        let mut top = AXIS;
        for lane in 0..LEVELS.len() {
            let rows = columns.iter().map(|(_, used)| used[lane]).max().unwrap_or(0);
            if rows > 0 {
                tops[lane] = top + GAP;
                let bottom = top + 2.0 * GAP + rows as f64 * (BOX_HEIGHT + GAP) - GAP;
                lanes.push((lane, top, bottom));
                top = bottom;
            }
        }
        let x = |column: usize| MARGIN + column as f64 * (BOX_WIDTH + AISLE);
        let at =
            placed.into_iter().map(|(id, column, lane, row)| (id, (x(column), tops[lane] + row as f64 * (BOX_HEIGHT + GAP)))).collect();
        let mut years: Vec<(Option<i16>, f64, f64)> = Vec::new();
        for (column, (year, _)) in columns.iter().enumerate() {
            let (left, right) = (x(column) - AISLE / 2.0, x(column) + BOX_WIDTH + AISLE / 2.0);
            match years.last_mut().filter(|(of, _, _)| of == year) {
                Some(last) => last.2 = right,
                None => years.push((*year, left, right)),
            }
        }
        Plan { at, years, lanes, width: x(columns.len().max(1)), height: top + 1.0 }
    }

    /// Lanes and years.
    fn rules(&self, out: &mut String, drawing: &Drawing) {
        let Plan { width, height, .. } = self;
        for (year, left, right) in &self.years {
            let name = year.map_or_else(|| drawing.undated.clone(), |year| year.to_string());
            *out += &format!("<line x1=\"{left:.0}\" y1=\"0\" x2=\"{left:.0}\" y2=\"{height:.0}\" stroke=\"#e6e9ed\" class=\"rule\"/>");
            let middle = f64::midpoint(*left, *right);
            *out +=
                &format!("<text x=\"{middle:.0}\" y=\"21\" text-anchor=\"middle\" fill=\"#5a6472\" class=\"axis\">{}</text>\n", xml(&name));
        }
        for (lane, top, bottom) in &self.lanes {
            *out += &format!("<line x1=\"0\" y1=\"{top:.0}\" x2=\"{width:.0}\" y2=\"{top:.0}\" stroke=\"#cfd5dc\" class=\"rule\"/>");
            let words = &drawing.lanes[*lane];
            let middle = f64::midpoint(*top, *bottom);
            for (nth, part) in words.split_inclusive(',').enumerate() {
                let y = middle + 15.0 * nth as f64;
                *out +=
                    &format!("<text x=\"8\" y=\"{y:.0}\" font-weight=\"bold\" fill=\"#5a6472\" class=\"axis\">{}</text>", xml(part.trim()));
            }
            out.push('\n');
        }
    }
}

/// Colour and class of a relation: putting into practice, looking back, changing what is in force.
fn family(relation: Relation) -> (&'static str, &'static str) {
    use Relation as R;
    match relation {
        R::Reviews | R::ReportsOn => ("#1d6b3a", "back"),
        R::Amends | R::Replaces | R::Repeals | R::Suspends | R::Corrects | R::Consolidates | R::Ends => ("#9a1b1e", "change"),
        _ => ("#0b4f8a", "forth"),
    }
}

fn line(out: &mut String, edge: &LineageEdge, from: Place, to: Place, drawing: &Drawing) {
    let (colour, class) = family(edge.relation);
    let (dash, stated) = if edge.basis == "own" { ("", "") } else { (" stroke-dasharray=\"6 4\"", " stated") };
    let title = format!("{}: {}", (drawing.relation)(edge.relation), short(&edge.sentence, TIP));
    let link = drawing.edge.as_ref().and_then(|link| link(edge));
    if let Some(link) = &link {
        *out += &format!("<a href=\"{}\">", xml(link));
    }
    *out += &format!(
        "<path d=\"{}\" stroke=\"{colour}\"{dash} marker-end=\"url(#arrow)\" class=\"edge {class}{stated}\">\
         <title>{}</title></path>",
        curve(from, to),
        xml(&title)
    );
    *out += if link.is_some() { "</a>\n" } else { "\n" };
}

fn card(out: &mut String, document: &Document, (x, y): Place, root: bool, drawing: &Drawing) {
    let dash = if document.held { "" } else { " stroke-dasharray=\"4 3\"" };
    let class = match (root, document.held) {
        (true, _) => "card root",
        (_, true) => "card",
        _ => "card absent",
    };
    let (fill, stroke, width) = if root { ("#fdf1f0", "#9a1b1e", 2) } else { ("#f8f9fb", "#5a6472", 1) };
    let title = short(document.title.as_deref().unwrap_or(&document.id), TIP);
    let link = drawing.node.as_ref().map(|link| link(&document.id));
    if let Some(link) = &link {
        *out += &format!("<a href=\"{}\">", xml(link));
    }
    *out += &format!(
        "<g class=\"{class}\"><title>{}</title><rect x=\"{x:.0}\" y=\"{y:.0}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" rx=\"5\" fill=\"{fill}\" \
         stroke=\"{stroke}\" stroke-width=\"{width}\"{dash}/>",
        xml(&title)
    );
    for (nth, words) in label(document).iter().take(3).enumerate() {
        let (weight, size) = if nth == 0 { (" font-weight=\"bold\"", "") } else { ("", " font-size=\"10.5\"") };
        let y = y + [17.0, 31.0, 43.0][nth];
        *out += &format!("<text x=\"{:.0}\" y=\"{y:.0}\"{weight}{size}>{}</text>", x + 8.0, xml(&short(words, LINE + 7 * nth.min(1))));
    }
    *out += if link.is_some() { "</g></a>\n" } else { "</g>\n" };
    if let Some(Sign { look, href, does }) = drawing.sign.as_ref().and_then(|sign| sign(&document.id)) {
        let (x, y) = (x + BOX_WIDTH - 11.0, y + 11.0);
        *out += &format!(
            "<a href=\"{}\" aria-label=\"{}: {}\"><g class=\"fold\"><title>{}</title><circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"9\" fill=\"#fff\" stroke=\"#5a6472\"/>\
             <text x=\"{x:.0}\" y=\"{:.0}\" text-anchor=\"middle\" font-weight=\"bold\">{look}</text></g></a>\n",
            xml(&href),
            xml(&does),
            xml(&label(document)[0]),
            xml(&does),
            y + 4.0
        );
    }
}

/// From the acting box to the other one: between the sides that face each other; in one column, around its left side.
fn curve(from: Place, to: Place) -> String {
    let half = BOX_HEIGHT / 2.0;
    let (y1, y2) = (from.1 + half, to.1 + half);
    if (from.0 - to.0).abs() < 1.0 {
        let (x, out) = (from.0, from.0 - AISLE * 0.8);
        return format!("M{x:.0} {y1:.0}C{out:.0} {y1:.0} {out:.0} {y2:.0} {x:.0} {y2:.0}");
    }
    let (x1, x2) = if from.0 > to.0 { (from.0, to.0 + BOX_WIDTH) } else { (from.0 + BOX_WIDTH, to.0) };
    let bend = ((x2 - x1).abs() * 0.5).clamp(24.0, 140.0) * if x2 > x1 { 1.0 } else { -1.0 };
    format!("M{x1:.0} {y1:.0}C{:.0} {y1:.0} {:.0} {y2:.0} {x2:.0} {y2:.0}", x1 + bend, x2 - bend)
}

#[cfg(test)]
mod tests {
    use super::{BOX_HEIGHT, BOX_WIDTH, Drawing, Plan, lineage_drawing, lineage_svg};
    use crate::export::{sample, united};
    use crate::model::Level;

    #[test]
    fn svg_is_escaped_and_complete() {
        let svg = lineage_svg(&sample::lineage());
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert_eq!((svg.matches("<g class").count(), svg.matches("marker-end").count()), (4, 3));
        assert!(svg.contains("Ban &lt;A&gt; &amp; &quot;B&quot;") && !svg.contains("<A>"), "{svg}");
        assert!(svg.contains(">2022</text>") && svg.contains("Chưa rõ cấp"), "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("<a "));
    }

    #[test]
    fn links_lead_to_documents_and_sentences() {
        let drawing = Drawing {
            node: Some(Box::new(|id| format!("/d/{id}"))),
            edge: Some(Box::new(|edge| Some(format!("#\"{}", edge.from)))),
            ..Drawing::default()
        };
        let svg = lineage_drawing(&sample::lineage(), &drawing);
        assert!(svg.contains("<a href=\"/d/12-ct-tw-2022\"><g") && svg.contains("<a href=\"#&quot;kh-xa\"><path"), "{svg}");
        assert_eq!(svg.matches("<a ").count(), svg.matches("</a>").count());
    }

    #[test]
    fn boxes_do_not_overlap_and_five_hundred_stay_in_a_picture_one_can_scroll() {
        let documents: Vec<_> = (0..500)
            .map(|nth| {
                let day = format!("20{:02}-{:02}-15", 10 + nth % 9, 1 + nth % 12);
                let level = if nth % 10 == 0 { Level::Central } else { Level::Province };
                sample::document(&format!("d{nth}"), Some("1-CT"), (nth % 50 != 0).then_some(day.as_str()), Some(level))
            })
            .collect();
        let nodes: Vec<_> = documents.iter().collect();
        let plan = Plan::new(&nodes);
        assert_eq!(plan.at.len(), 500);
        assert!(plan.width < 12_000.0 && plan.height < 2_000.0, "{} x {}", plan.width, plan.height);
        let places: Vec<_> = plan.at.values().collect();
        for (nth, a) in places.iter().enumerate() {
            assert!(a.0 + BOX_WIDTH <= plan.width && a.1 + BOX_HEIGHT <= plan.height);
            for b in &places[nth + 1..] {
                assert!((a.0 - b.0).abs() >= BOX_WIDTH || (a.1 - b.1).abs() >= BOX_HEIGHT);
            }
        }
        let lineage = sample::lineage();
        assert_eq!(Plan::new(&united(&lineage).0).lanes.len(), 3);
    }
}
