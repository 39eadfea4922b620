//! The ruled lines of a PDF page: the borders of its tables.
//!
//! Duty: from the drawing operators of a page to horizontal and vertical rules, pieces in one line joined. Writers draw
//! borders as strokes, as boxes, or as thin filled boxes. Not here: what the rules enclose (`pdf_tables`).

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, ObjectId};

/// Bytes that the marks of one page may unpack to; a page that is drawn with more is a picture.
const MAX_CONTENT: usize = 8 << 20;
/// Drawing operators below which a page has no table, two rows of two cells.
const FEW: usize = 6;
/// Rules of a page that are looked at; a drawing has more.
const MOST: usize = 20_000;
/// Points up to which a filled box is a rule, and a line is level.
const THIN: f32 = 2.5;
/// Points within which two rules stand on one line, and within which one goes on where another ends.
pub(super) const NEAR: f32 = 3.0;

/// A rule: where it stands across its direction, and from where to where it reaches. In points, upward and to the right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

impl Rule {
    /// True where it passes a place.
    pub(super) fn covers(&self, place: f32) -> bool {
        self.from - NEAR <= place && place <= self.to + NEAR
    }
}

/// The rules of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    pub(super) level: Vec<Rule>,
    pub(super) upright: Vec<Rule>,
}

/// The rules of a page; none for a page that is turned, whose text is told in other directions.
pub(super) fn read(document: &Document, page: ObjectId) -> Rules {
    let mut rules = Rules::default();
    let turned = |page: &lopdf::Dictionary| page.get(b"Rotate").and_then(Object::as_i64).is_ok_and(|degrees| degrees % 360 != 0);
    if document.get_dictionary(page).is_ok_and(turned) {
        return rules;
    }
    let Ok(content) = document.get_page_content_with_limit(page, MAX_CONTENT) else { return rules };
    let draws = |word: &[u8]| word == b"re" || word == b"l";
    if content.split(u8::is_ascii_whitespace).filter(|word| draws(word)).take(FEW).count() < FEW {
        return rules;
    }
    let Ok(content) = Content::decode(&content) else { return rules };
    let mut pen = Pen::default();
    for operation in &content.operations {
        pen.take(operation, &mut rules);
        if rules.level.len() + rules.upright.len() > MOST {
            return Rules::default();
        }
    }
    rules.level = joined(rules.level);
    rules.upright = joined(rules.upright);
    rules
}

/// The state of drawing.
#[derive(Default)]
struct Pen {
    /// From the units of the operators to points of the page.
    scale: Scale,
    kept: Vec<Scale>,
    at: (f32, f32),
    /// Lines and boxes of the path, by two corners.
    lines: Vec<[(f32, f32); 2]>,
    boxes: Vec<[(f32, f32); 2]>,
}

/// The part of a transformation that leaves level what is level: x' = ax + e, y' = dy + f.
#[derive(Clone, Copy)]
struct Scale {
    a: f32,
    d: f32,
    e: f32,
    f: f32,
    /// False below a transformation that turns.
    is_level: bool,
}

impl Default for Scale {
    fn default() -> Scale {
        Scale { a: 1.0, d: 1.0, e: 0.0, f: 0.0, is_level: true }
    }
}

impl Pen {
    fn take(&mut self, operation: &Operation, rules: &mut Rules) {
        let number = |at: usize| operation.operands.get(at).and_then(|operand| operand.as_float().ok()).unwrap_or(0.0);
        let place = |at: usize| (self.scale.a * number(at) + self.scale.e, self.scale.d * number(at + 1) + self.scale.f);
        match operation.operator.as_str() {
            "q" => self.kept.push(self.scale),
            "Q" => self.scale = self.kept.pop().unwrap_or_default(),
            "cm" => {
                let Scale { a, d, e, f, is_level } = self.scale;
                self.scale = Scale {
                    a: number(0) * a,
                    d: number(3) * d,
                    e: number(4) * a + e,
                    f: number(5) * d + f,
                    is_level: is_level && number(1) == 0.0 && number(2) == 0.0,
                };
            }
            "m" => self.at = place(0),
            "l" => {
                let to = place(0);
                self.lines.push([self.at, to]);
                self.at = to;
            }
            "re" => {
                let from = place(0);
                self.boxes.push([from, (from.0 + self.scale.a * number(2), from.1 + self.scale.d * number(3))]);
            }
            "S" | "s" => self.draw(true, rules),
            "B" | "B*" | "b" | "b*" => self.draw(true, rules),
            "f" | "F" | "f*" => self.draw(false, rules),
            "n" => self.forget(),
            _ => {}
        }
    }

    /// Makes rules of the path: all its lines when stroked, thin boxes when filled.
    fn draw(&mut self, stroked: bool, rules: &mut Rules) {
        if self.scale.is_level {
            for [from, to] in self.lines.iter().filter(|_| stroked) {
                rules.add(*from, *to);
            }
            for [from, to] in &self.boxes {
                let thin = (from.0 - to.0).abs() <= THIN || (from.1 - to.1).abs() <= THIN;
                if thin {
                    rules.add(*from, *to);
                } else if stroked {
                    rules.add(*from, (from.0, to.1));
                    rules.add((to.0, from.1), *to);
                    rules.add(*from, (to.0, from.1));
                    rules.add((from.0, to.1), *to);
                }
            }
        }
        self.forget();
    }

    fn forget(&mut self) {
        self.lines.clear();
        self.boxes.clear();
    }
}

impl Rules {
    fn add(&mut self, from: (f32, f32), to: (f32, f32)) {
        let (wide, high) = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
        if high <= THIN && wide > high {
            self.level.push(Rule { at: (from.1 + to.1) / 2.0, from: from.0.min(to.0), to: from.0.max(to.0) });
        } else if wide <= THIN && high > wide {
            self.upright.push(Rule { at: (from.0 + to.0) / 2.0, from: from.1.min(to.1), to: from.1.max(to.1) });
        }
    }
}

/// Pieces in one line as one rule, in the order of their lines. A writer draws the border of each cell by itself.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.retain(|rule| rule.at.is_finite() && rule.from.is_finite() && rule.to.is_finite());
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Rule> = Vec::new();
    for line in rules.chunk_by_mut(|a, b| b.at - a.at < NEAR / 2.0) {
        line.sort_by(|a, b| a.from.total_cmp(&b.from));
        let at = line[line.len() / 2].at;
        let start = out.len();
        for rule in line.iter() {
            match out[start..].last_mut() {
                Some(last) if rule.from <= last.to + NEAR => last.to = last.to.max(rule.to),
                _ => out.push(Rule { at, ..*rule }),
            }
        }
    }
    out
}
