//! Shows places of a text: wraps them in `<mark>` without changing a single character of the text.

use crate::{
    finding::{CharRange, Finding, Severity},
    html::{Concealed, Piece, Sink, scan},
};

/// One place to mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Highlight<'a> {
    /// Characters of the plain text.
    pub range: CharRange,
    /// What the mark points at; becomes part of `data-finding` and `id`.
    pub finding: &'a str,
    /// Gravity; the gravest wins where marks overlap.
    pub severity: Severity,
}

impl<'a> Highlight<'a> {
    /// The place of a finding, if it has one.
    pub fn of(finding: &'a Finding) -> Option<Self> {
        Some(Self { range: finding.range?, finding: &finding.fingerprint, severity: finding.severity })
    }
}

/// Marks places of a body. Marks never cross a tag: a place that spans several elements gets a mark in each.
///
/// Every mark is `<mark class="finding finding-warn" data-finding="F1 F2" data-severity="warn">`; the first one of a
/// finding also has `id="finding-F1"`, so that a list beside the text can link to it without scripts.
pub fn highlight(body_html: &str, places: &[Highlight<'_>]) -> String {
    let mut marker = Marker::new(body_html, places);
    scan(body_html, &mut marker);
    marker.finish()
}

/// Marks places of a plain text and escapes it for HTML.
pub fn highlight_text(text: &str, places: &[Highlight<'_>]) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut sources = Vec::with_capacity(text.len());
    for character in text.chars() {
        let start = escaped.len();
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
        sources.push((character, start..escaped.len()));
    }
    let mut marker = Marker::new(&escaped, places);
    for (character, source) in sources {
        marker.piece(Piece { character, source: Some(source), markable: true, hidden: false });
    }
    marker.finish()
}

/// A stretch of source that will become one mark.
struct Stretch {
    start: usize,
    end: usize,
    /// Blanks alone are not marked: between table cells a mark would tear the table apart.
    has_ink: bool,
}

struct Marker<'a> {
    html: &'a str,
    places: Vec<Highlight<'a>>,
    /// Which places already have their `id`.
    anchored: Vec<bool>,
    next_place: usize,
    active: Vec<usize>,
    /// The character at which `active` must be looked at again.
    next_change: usize,
    character: usize,
    stretch: Option<Stretch>,
    copied: usize,
    out: String,
}

impl<'a> Marker<'a> {
    fn new(html: &'a str, places: &[Highlight<'a>]) -> Self {
        let mut places: Vec<_> = places.iter().copied().filter(|place| place.range.start < place.range.end).collect();
        places.sort_by_key(|place| (place.range, place.finding));
        Self {
            html,
            anchored: vec![false; places.len()],
            next_place: 0,
            active: Vec::new(),
            next_change: places.first().map_or(usize::MAX, |place| place.range.start),
            character: 0,
            stretch: None,
            copied: 0,
            out: String::with_capacity(html.len() + places.len() * 160),
            places,
        }
    }

    /// Ends and begins places at the current character.
    fn change_active(&mut self) {
        self.flush();
        let here = self.character;
        let places = &self.places;
        self.active.retain(|index| places[*index].range.end > here);
        while self.places.get(self.next_place).is_some_and(|place| place.range.start <= here) {
            if self.places[self.next_place].range.end > here {
                self.active.push(self.next_place);
            }
            self.next_place += 1;
        }
        let ends = self.active.iter().map(|index| self.places[*index].range.end);
        let starts = self.places.get(self.next_place).map(|place| place.range.start);
        self.next_change = ends.chain(starts).min().unwrap_or(usize::MAX);
    }

    fn flush(&mut self) {
        let Some(stretch) = self.stretch.take().filter(|stretch| stretch.has_ink) else { return };
        self.out.push_str(&self.html[self.copied..stretch.start]);
        self.open_mark();
        self.out.push_str(&self.html[stretch.start..stretch.end]);
        self.out.push_str("</mark>");
        self.copied = stretch.end;
    }

    fn open_mark(&mut self) {
        let severity = self.active.iter().map(|index| self.places[*index].severity).min().unwrap_or(Severity::Hint);
        self.out.push_str("<mark class=\"finding finding-");
        self.out.push_str(severity.as_str());
        self.out.push('"');
        if let Some(first) = self.active.iter().copied().find(|index| !self.anchored[*index]) {
            self.anchored[first] = true;
            self.out.push_str(" id=\"finding-");
            push_attribute(&mut self.out, self.places[first].finding);
            self.out.push('"');
        }
        self.out.push_str(" data-finding=\"");
        for (count, index) in self.active.iter().enumerate() {
            if count > 0 {
                self.out.push(' ');
            }
            push_attribute(&mut self.out, self.places[*index].finding);
        }
        self.out.push_str("\" data-severity=\"");
        self.out.push_str(severity.as_str());
        self.out.push_str("\">");
    }

    fn finish(mut self) -> String {
        self.flush();
        self.out.push_str(&self.html[self.copied..]);
        self.out
    }
}

impl Sink for Marker<'_> {
    fn piece(&mut self, piece: Piece) {
        if self.character >= self.next_change {
            self.change_active();
        }
        self.character += 1;
        let Some(source) = piece.source.filter(|_| piece.markable && !self.active.is_empty()) else {
            self.flush();
            return;
        };
        let ink = !piece.character.is_whitespace();
        match &mut self.stretch {
            // Collapsed blanks lie between two characters without being one.
            Some(stretch) if self.html[stretch.end..source.start].bytes().all(|b| b.is_ascii_whitespace()) => {
                stretch.end = source.end;
                stretch.has_ink |= ink;
            }
            _ => {
                self.flush();
                self.stretch = Some(Stretch { start: source.start, end: source.end, has_ink: ink });
            }
        }
    }

    fn concealed(&mut self, _text: Concealed<'_>) {}
}

fn push_attribute(out: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(start: usize, end: usize, finding: &str) -> Highlight<'_> {
        Highlight { range: CharRange { start, end }, finding, severity: Severity::Warn }
    }

    fn bare(html: &str) -> String {
        let mut bare = html.replace(" class=\"finding finding-warn\"", "").replace(" data-severity=\"warn\"", "");
        while let Some(at) = bare.find(" id=\"") {
            let end = at + 5 + bare[at + 5..].find('"').unwrap() + 1;
            bare.replace_range(at..end, "");
        }
        bare
    }

    #[test]
    fn places_are_marked_across_inline_tags_cells_and_entities() {
        for (html, range, marked) in [
            ("<p>甲乙丙</p>", (1, 2), "<p>甲<mark data-finding=\"f\">乙</mark>丙</p>"),
            (
                "<p>甲<b>乙</b>丙</p>",
                (0, 3),
                "<p><mark data-finding=\"f\">甲</mark><b><mark data-finding=\"f\">乙</mark></b><mark data-finding=\"f\">丙</mark></p>",
            ),
            ("a&amp;b", (1, 2), "a<mark data-finding=\"f\">&amp;</mark>b"),
            (
                "<table><tr><td>一</td> <td>二</td></tr></table>",
                (0, 3),
                "<table><tr><td><mark data-finding=\"f\">一</mark></td> <td><mark data-finding=\"f\">二</mark></td></tr></table>",
            ),
            ("甲 \n 乙", (0, 3), "<mark data-finding=\"f\">甲 \n 乙</mark>"),
            ("<textarea>甲</textarea>", (0, 1), "<textarea>甲</textarea>"),
        ] {
            assert_eq!(bare(&highlight(html, &[place(range.0, range.1, "f")])), marked);
        }
    }

    #[test]
    fn overlapping_places_share_marks_and_each_gets_one_anchor() {
        let html = highlight("甲乙丙丁", &[place(0, 3, "a"), place(1, 4, "b")]);
        assert_eq!(
            bare(&html),
            "<mark data-finding=\"a\">甲</mark><mark data-finding=\"a b\">乙丙</mark><mark data-finding=\"b\">丁</mark>"
        );
        assert_eq!((html.matches("id=\"finding-a\"").count(), html.matches("id=\"finding-b\"").count()), (1, 1));
    }

    #[test]
    fn plain_text_is_escaped_and_marked() {
        assert_eq!(
            bare(&highlight_text("a<b>&", &[place(1, 2, "f")])),
            "a<mark data-finding=\"f\">&lt;</mark>b&gt;&amp;"
        );
    }

    #[test]
    fn a_hostile_finding_id_cannot_leave_its_attribute() {
        let html = highlight("甲", &[place(0, 1, "\"><script>")]);
        assert!(!html.contains("<script>"));
    }
}
