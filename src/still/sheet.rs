//! The sheet that goes out: lanes with their words, set on paper of its own, as an SVG file.

use trace::decimal::tenth;

/// All that is on it. Colours are CSS colours, as a browser computes them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sheet {
    /// The language of its words, as a tag.
    pub language: String,
    /// What it shows, in a line.
    pub title: String,
    /// What it means, in a sentence.
    pub caption: String,
    /// The network, or whose it was.
    pub network: String,
    /// The way back: its words, and its address.
    pub link: Option<(String, String)>,
    /// The lanes, left to right.
    pub lanes: Vec<Lane>,
    /// The times between two lanes, where they do not have their own.
    pub ruler: Option<Picture>,
    /// The colour behind everything.
    pub paper: String,
    /// Of words.
    pub ink: String,
    /// Behind a lane.
    pub card: String,
    /// Round a lane.
    pub line: String,
    /// Of words that matter less.
    pub muted: String,
}

/// One lane.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Lane {
    /// Its letter and transport.
    pub name: String,
    /// What it does, in a sentence.
    pub role: String,
    /// Its figures, each with what it counts.
    pub counters: Vec<String>,
    /// Where its figures come from.
    pub basis: String,
    /// Its own colour.
    pub hue: String,
    /// The ladder.
    pub picture: Picture,
}

/// Shapes, in a view box that begins at 0, 0.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Picture {
    /// Width of the view box.
    pub width: f64,
    /// Height of it.
    pub height: f64,
    /// The shapes, as markup.
    pub shapes: String,
}

/// A line of words: its class of type, its colour.
struct Type<'a> {
    size: f64,
    weight: u16,
    colour: &'a str,
}

impl Sheet {
    /// The file.
    pub fn write(&self) -> String {
        let columns = self.lanes.len().clamp(1, 2);
        let lane = self.lanes.iter().map(|lane| lane.picture.width + 2.0 * PAD).fold(0.0, f64::max);
        let between = self.ruler.as_ref().map_or(GAP, |ruler| ruler.width + GAP);
        // A single lane has its times beside it.
        let beside = if columns == 1 && self.ruler.is_none() { 0.0 } else { between };
        let inner = columns as f64 * lane + beside;
        let width = inner + 2.0 * EDGE;
        let mut body = String::new();
        let title = Type { size: 20.0, weight: 700, colour: &self.ink };
        let mut y = words(&mut body, &self.title, EDGE, EDGE, inner, &title) + GAP;
        for (row, lanes) in self.lanes.chunks(columns).enumerate() {
            let head =
                lanes.iter().map(|it| self.head(it, 0.0, 0.0, lane, &mut String::new())).fold(0.0, f64::max);
            let height = lanes.iter().map(|it| it.picture.height).fold(0.0, f64::max);
            for (column, it) in lanes.iter().enumerate() {
                let x = EDGE + column as f64 * (lane + between);
                rect(&mut body, (x, y, lane, head + height + PAD), 14.0, &self.card, Some(&self.line));
                self.head(it, x, y, lane, &mut body);
                nested(&mut body, &it.picture, x + (lane - it.picture.width) / 2.0, y + head);
            }
            if let Some(ruler) = self.ruler.as_ref().filter(|_| row == 0) {
                nested(&mut body, ruler, EDGE + lane + GAP / 2.0, y + head);
            }
            y += head + height + PAD + GAP;
        }
        let caption = Type { size: 16.0, weight: 400, colour: &self.ink };
        y = words(&mut body, &self.caption, EDGE, y, inner, &caption) + GAP / 2.0;
        let note = Type { size: 12.0, weight: 400, colour: &self.muted };
        y = words(&mut body, &self.source(), EDGE, y, inner, &note);
        if let Some((told, address)) = &self.link {
            body.push_str("<a");
            attribute(&mut body, "href", address);
            body.push('>');
            y = words(&mut body, told, EDGE, y, inner, &note);
            body.push_str("</a>\n");
        }
        self.file(width, y + EDGE / 2.0, &body)
    }

    fn file(&self, wide: f64, high: f64, body: &str) -> String {
        // Whole pixels, for those who draw it in some.
        let [width, height] = [wide, high].map(|length| tenth(length.ceil()));
        let mut out = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        let view = format!("0 0 {width} {height}");
        let known = [("width", &*width), ("height", &height), ("viewBox", &view), ("role", "img")];
        for (name, value) in known {
            attribute(&mut out, name, value);
        }
        attribute(&mut out, "aria-labelledby", "title description");
        attribute(&mut out, "lang", &self.language);
        attribute(&mut out, "font-family", "system-ui, sans-serif");
        let lanes = self.lanes.iter().map(|lane| format!("{}: {}", lane.name, lane.counters.join(", ")));
        let told: Vec<String> = lanes.chain([self.caption.clone(), self.source()]).collect();
        out.push_str(&format!(
            ">\n<title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n",
            escaped(&self.title),
            escaped(&told.join("\n"))
        ));
        rect(&mut out, (0.0, 0.0, wide, high), 0.0, &self.paper, None);
        out.push_str(body);
        out.push_str("</svg>\n");
        out
    }

    /// Where the figures come from, each way once, and over which network.
    fn source(&self) -> String {
        let mut told: Vec<&str> = Vec::new();
        for basis in self.lanes.iter().map(|lane| &*lane.basis).chain([&*self.network]) {
            if !basis.is_empty() && !told.contains(&basis) {
                told.push(basis);
            }
        }
        told.join(" · ")
    }

    /// The words above a lane's picture; how high they are.
    fn head(&self, lane: &Lane, x: f64, y: f64, width: f64, out: &mut String) -> f64 {
        let (left, room) = (x + PAD, width - 2.0 * PAD);
        let mut at = y + PAD / 2.0;
        let name = Type { size: 17.0, weight: 650, colour: &lane.hue };
        at = words(out, &lane.name, left, at, room, &name);
        at = words(out, &lane.role, left, at, room, &Type { size: 12.5, weight: 400, colour: &self.muted });
        let figures: Vec<&str> = lane.counters.iter().chain([&lane.basis]).map(|it| &**it).collect();
        let figures = figures.join(" · ");
        at = words(out, &figures, left, at, room, &Type { size: 13.0, weight: 600, colour: &self.ink });
        at - y + PAD / 2.0
    }
}

/// Writes a text in lines no wider than `width`; answers where the next thing may stand.
fn words(out: &mut String, text: &str, x: f64, mut y: f64, width: f64, face: &Type) -> f64 {
    for line in lines(text, width / face.size) {
        y += face.size * LEADING;
        out.push_str("<text");
        let known = [("x", tenth(x)), ("y", tenth(y)), ("font-size", tenth(face.size))];
        for (name, value) in known {
            attribute(out, name, &value);
        }
        attribute(out, "font-weight", &face.weight.to_string());
        attribute(out, "fill", face.colour);
        out.push('>');
        out.push_str(&escaped(line));
        out.push_str("</text>\n");
    }
    y
}

/// A text in lines of so many ems. Where the words are Chinese a line may end behind any of them.
pub fn lines(text: &str, most: f64) -> Vec<&str> {
    let (mut lines, mut from, mut width, mut end) = (Vec::new(), 0, 0.0, None::<usize>);
    for (at, letter) in text.char_indices() {
        let own = if letter >= FIRST_WIDE { WIDE_LETTER } else { LETTER };
        if width + own > most && at > from {
            let stop = end.filter(|&end| end > from).unwrap_or(at);
            lines.push(text.get(from..stop).unwrap_or_default().trim());
            let rest = text.get(stop..at).unwrap_or_default().chars();
            width = rest.map(|it| if it >= FIRST_WIDE { WIDE_LETTER } else { LETTER }).sum();
            (from, end) = (stop, None);
        }
        width += own;
        if letter == ' ' || letter >= FIRST_WIDE {
            end = Some(at + letter.len_utf8());
        }
    }
    lines.push(text.get(from..).unwrap_or_default().trim());
    lines.retain(|line| !line.is_empty());
    lines
}

fn nested(out: &mut String, picture: &Picture, x: f64, y: f64) {
    let [width, height] = [picture.width, picture.height].map(tenth);
    out.push_str("<svg");
    let view = format!("0 0 {width} {height}");
    for (name, value) in
        [("x", &*tenth(x)), ("y", &tenth(y)), ("width", &width), ("height", &height), ("viewBox", &view)]
    {
        attribute(out, name, value);
    }
    out.push_str(">\n");
    out.push_str(&picture.shapes);
    out.push_str("</svg>\n");
}

fn rect(
    out: &mut String,
    (x, y, width, height): (f64, f64, f64, f64),
    round: f64,
    fill: &str,
    line: Option<&str>,
) {
    out.push_str("<rect");
    let known = [("x", tenth(x)), ("y", tenth(y)), ("width", tenth(width)), ("height", tenth(height))];
    for (name, value) in known {
        attribute(out, name, &value);
    }
    attribute(out, "rx", &tenth(round));
    attribute(out, "fill", fill);
    if let Some(line) = line {
        attribute(out, "stroke", line);
    }
    out.push_str("/>\n");
}

/// Writes an attribute behind a tag's name.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&escaped(value));
    out.push('"');
}

/// A text as XML has it: without the letters that it cannot have at all (XML 1.0 section 2.2).
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | ' '..='\u{FFFD}' | '\u{10000}'.. => out.push(letter),
            _ => out.push('\u{FFFD}'),
        }
    }
    out
}

/// Room round the sheet, within a lane, between things.
const EDGE: f64 = 24.0;
const PAD: f64 = 12.0;
const GAP: f64 = 16.0;
/// From one line of words to the next, in ems.
const LEADING: f64 = 1.4;
/// About as wide as a letter is at most on average, in ems: what no browser measures must not be cut off.
const LETTER: f64 = 0.56;
const WIDE_LETTER: f64 = 1.05;
const FIRST_WIDE: char = '\u{2E80}';
