//! SVG of a lineage: one lane a level, time from left to right.
//!
//! Boxes of a lane that would overlap stand in rows below each other; documents without date stand at the left edge.
//! Not here: anything that needs a script or a font file.

use super::{label, short, united, xml};
use crate::model::{Date, Level};
use crate::query::view::{Document, Lineage};
use std::collections::HashMap;

const BOX_WIDTH: f64 = 176.0;
const BOX_HEIGHT: f64 = 52.0;
const GAP: f64 = 14.0;
const MARGIN: f64 = 110.0;
const AXIS: f64 = 34.0;
/// Characters that fit in a box.
const LINE: usize = 26;

/// Lanes from top to bottom; documents of unknown level come last.
const LANES: [(Option<Level>, &str); 5] = [
    (Some(Level::Central), "Trung ương"),
    (Some(Level::Province), "Tỉnh, thành phố"),
    (Some(Level::District), "Huyện"),
    (Some(Level::Commune), "Xã, phường"),
    (None, "Chưa rõ cấp"),
];

struct Placed<'a> {
    document: &'a Document,
    x: f64,
    y: f64,
}

/// Name, top and bottom.
type Lane = (&'static str, f64, f64);

/// A drawing of its own size; the words are escaped, and the sentence of each edge is its tooltip.
pub fn lineage_svg(lineage: &Lineage) -> String {
    let (nodes, edges) = united(lineage);
    let dated = || nodes.iter().filter_map(|node| node.date);
    let (first, last) = (dated().min(), dated().max());
    let undated = if nodes.iter().any(|node| node.date.is_none()) { BOX_WIDTH + GAP } else { 0.0 };
    let span = nodes.len() as f64 * 70.0 + BOX_WIDTH;
    let days = first.zip(last).map_or(0.0, |(a, b)| days_between(a, b)).max(1.0);
    let x_of = |date: Option<Date>| match (date, first) {
        (Some(day), Some(first)) => MARGIN + undated + days_between(first, day) / days * span,
        _ => MARGIN,
    };
    let (placed, lanes, height) = place(&nodes, &x_of);
    let width = MARGIN + undated + span + BOX_WIDTH + GAP;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" \
         markerHeight=\"8\" orient=\"auto-start-reverse\"><path d=\"M0 0L8 4L0 8z\" fill=\"#555\"/></marker></defs>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    for (name, top, bottom) in lanes {
        out += &format!("<line x1=\"0\" y1=\"{bottom:.1}\" x2=\"{width:.0}\" y2=\"{bottom:.1}\" stroke=\"#ddd\"/>\n");
        out += &format!("<text x=\"8\" y=\"{:.1}\" fill=\"#555\">{}</text>\n", f64::midpoint(top, bottom), xml(name));
    }
    if let (Some(first), Some(last)) = (first, last) {
        for year in first.year()..=last.year() {
            let x = x_of(Date::new(year, 1, 1).ok().map(|day| day.max(first)));
            out += &format!("<text x=\"{x:.1}\" y=\"20\" fill=\"#555\">{year}</text>\n");
        }
    }
    let at: HashMap<&str, &Placed<'_>> = placed.iter().map(|p| (p.document.id.as_str(), p)).collect();
    for edge in edges {
        let (Some(from), Some(to)) = (at.get(edge.from.as_str()), at.get(edge.to.as_str())) else { continue };
        let dash = if edge.basis == "own" { "" } else { " stroke-dasharray=\"5 4\"" };
        let title = format!("{}: {}", edge.relation.as_str(), edge.sentence);
        out += &format!(
            "<path d=\"{}\" fill=\"none\" stroke=\"#555\"{dash} marker-end=\"url(#arrow)\"><title>{}</title></path>\n",
            curve(from, to),
            xml(&title)
        );
    }
    for Placed { document, x, y } in &placed {
        let dash = if document.held { "" } else { " stroke-dasharray=\"4 3\"" };
        let title = document.title.as_deref().unwrap_or(&document.id);
        out += &format!(
            "<g><title>{}</title><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" rx=\"6\" fill=\"#f6f8fa\" stroke=\"#333\"{dash}/>",
            xml(title)
        );
        for (nth, line) in label(document).iter().take(3).enumerate() {
            let weight = if nth == 0 { " font-weight=\"bold\"" } else { "" };
            let y = y + 16.0 + 15.0 * nth as f64;
            out += &format!("<text x=\"{:.1}\" y=\"{y:.1}\"{weight}>{}</text>", x + 8.0, xml(&short(line, LINE)));
        }
        out += "</g>\n";
    }
    out += "</svg>\n";
    out
}

/// Boxes with their places, lanes with top and bottom, and the height of all.
fn place<'a>(nodes: &[&'a Document], x_of: &dyn Fn(Option<Date>) -> f64) -> (Vec<Placed<'a>>, Vec<Lane>, f64) {
    let mut placed = Vec::with_capacity(nodes.len());
    let mut lanes = Vec::new();
    let mut top = AXIS;
    for (level, name) in LANES {
        let mut lane: Vec<&Document> = nodes.iter().copied().filter(|node| node.level == level).collect();
        if lane.is_empty() {
            continue;
        }
        lane.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        // The right end of each row so far.
        let mut rows: Vec<f64> = Vec::new();
        for document in lane {
            let x = x_of(document.date);
            let row = rows.iter().position(|end| *end + GAP <= x).unwrap_or_else(|| {
                rows.push(0.0);
                rows.len() - 1
            });
            rows[row] = x + BOX_WIDTH;
            placed.push(Placed { document, x, y: top + GAP + row as f64 * (BOX_HEIGHT + GAP) });
        }
        let bottom = top + GAP + rows.len() as f64 * (BOX_HEIGHT + GAP);
        lanes.push((name, top, bottom));
        top = bottom;
    }
    (placed, lanes, top + GAP)
}

fn days_between(from: Date, to: Date) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}

/// From the acting box to the other one: between facing sides.
fn curve(from: &Placed<'_>, to: &Placed<'_>) -> String {
    let middle = BOX_WIDTH / 2.0;
    let (x1, x2) = (from.x + middle, to.x + middle);
    let (y1, y2) = if from.y >= to.y { (from.y, to.y + BOX_HEIGHT) } else { (from.y + BOX_HEIGHT, to.y) };
    if (from.y - to.y).abs() < f64::EPSILON {
        // In one row the line leaves and arrives from above.
        let up = from.y - 24.0;
        return format!("M{x1:.1} {:.1}C{x1:.1} {up:.1} {x2:.1} {up:.1} {x2:.1} {:.1}", from.y, to.y);
    }
    let bend = f64::midpoint(y1, y2);
    format!("M{x1:.1} {y1:.1}C{x1:.1} {bend:.1} {x2:.1} {bend:.1} {x2:.1} {y2:.1}")
}

#[cfg(test)]
mod tests {
    use super::{BOX_HEIGHT, BOX_WIDTH, lineage_svg, place};
    use crate::export::{sample, united};

    #[test]
    fn svg_is_escaped_and_complete() {
        let svg = lineage_svg(&sample::lineage());
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert_eq!((svg.matches("<g>").count(), svg.matches("marker-end").count()), (4, 3));
        assert!(svg.contains("Ban &lt;A&gt; &amp; &quot;B&quot;") && !svg.contains("<A>"), "{svg}");
        assert!(svg.contains(">2022</text>") && svg.contains("Chưa rõ cấp"), "{svg}");
        assert!(!svg.contains("NaN"));
    }

    #[test]
    fn boxes_do_not_overlap() {
        let lineage = sample::lineage();
        let (nodes, _) = united(&lineage);
        let (placed, _, height) = place(&nodes, &|_| 200.0);
        for (i, a) in placed.iter().enumerate() {
            assert!(a.y + BOX_HEIGHT < height);
            for b in &placed[i + 1..] {
                let apart = (a.x - b.x).abs() >= BOX_WIDTH || (a.y - b.y).abs() >= BOX_HEIGHT;
                assert!(apart, "{} and {}", a.document.id, b.document.id);
            }
        }
    }
}
