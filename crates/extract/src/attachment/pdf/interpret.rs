//! The operators that place text; all other drawing is only counted.

use std::rc::Rc;

use lopdf::{Dictionary, Object, Stream};

use super::super::job::Job;
use super::super::layout::Piece;
use super::Pdf;
use super::content::{Operand, Tokens};
use super::font::Font;
use super::matrix::Matrix;

/// Forms inside forms.
const DEEPEST: usize = 12;
const MOST_STATES: usize = 256;
const MOST_FONTS: usize = 200;
const FORM_COST: usize = 1024;

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    invisible: bool,
}

/// Marked content that is open.
struct Marked {
    /// On a layer that is switched off.
    hidden: bool,
    /// What it says it says, and the first piece inside.
    actual: Option<(String, usize)>,
}

pub(super) struct Interpreter<'p, 'd> {
    pdf: &'p mut Pdf<'d>,
    page_box: Option<[f64; 4]>,
    number: usize,
    state: State,
    states: Vec<State>,
    text: Matrix,
    line: Matrix,
    marked: Vec<Marked>,
    /// Forms being drawn: one that draws itself is not drawn again.
    drawing: Vec<&'d Stream>,
    pub pieces: Vec<Piece>,
    pub images: usize,
    pub strokes: usize,
}

impl<'p, 'd> Interpreter<'p, 'd> {
    pub fn new(pdf: &'p mut Pdf<'d>, page_box: Option<[f64; 4]>, number: usize) -> Interpreter<'p, 'd> {
        let state = State {
            matrix: Matrix::IDENTITY,
            font: None,
            size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            invisible: false,
        };
        Interpreter {
            pdf,
            page_box,
            number,
            state,
            states: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marked: Vec::new(),
            drawing: Vec::new(),
            pieces: Vec::new(),
            images: 0,
            strokes: 0,
        }
    }

    pub fn run(&mut self, content: &[u8], resources: Option<&'d Dictionary>, depth: usize, job: &mut Job<'_>) {
        let mut tokens = Tokens::new(content);
        let mut operands = Vec::new();
        let mut text_length = 0;
        while let Some(operator) = tokens.next(&mut operands) {
            if self.pieces.len() > job.limits.cells || text_length > job.limits.text_bytes {
                job.missed("页面内容过多，超过上限后的内容未读，请拆分后重新上传。");
                return;
            }
            let before = self.pieces.len();
            self.operator(operator, &operands, resources, depth, job);
            text_length +=
                self.pieces[before.min(self.pieces.len())..].iter().map(|piece| piece.text.len()).sum::<usize>();
        }
    }

    fn operator(
        &mut self,
        operator: &[u8],
        operands: &[Operand],
        resources: Option<&'d Dictionary>,
        depth: usize,
        job: &mut Job<'_>,
    ) {
        let numbers: Vec<f64> = operands.iter().filter_map(Operand::number).collect();
        let first = numbers.first().copied().unwrap_or_default();
        match operator {
            b"q" if self.states.len() < MOST_STATES => self.states.push(self.state.clone()),
            b"Q" => {
                if let Some(state) = self.states.pop() {
                    self.state = state;
                }
            }
            b"cm" => {
                if let Some(matrix) = Matrix::of(&numbers) {
                    self.state.matrix = matrix.then(self.state.matrix);
                }
            }
            b"BT" => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tf" => {
                if let Some(Operand::Name(name)) = operands.first() {
                    self.state.font = self.font(name, resources, job);
                }
                self.state.size = first;
            }
            b"Tc" => self.state.character_space = first,
            b"Tw" => self.state.word_space = first,
            b"Tz" => self.state.stretch = first / 100.0,
            b"TL" => self.state.leading = first,
            b"Ts" => self.state.rise = first,
            b"Tr" => self.state.invisible = matches!(first as i64, 3 | 7),
            b"Tm" => {
                if let Some(matrix) = Matrix::of(&numbers) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            b"Td" | b"TD" => {
                let down = numbers.get(1).copied().unwrap_or_default();
                if operator == b"TD" {
                    self.state.leading = -down;
                }
                self.next_line(first, down);
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"'" | b"\"" => {
                if let ([word, character], b"\"") = (numbers.as_slice(), operator) {
                    (self.state.word_space, self.state.character_space) = (*word, *character);
                }
                self.next_line(0.0, -self.state.leading);
                self.show_all(operands);
            }
            b"Tj" | b"TJ" => self.show_all(operands),
            b"Do" => {
                if let Some(Operand::Name(name)) = operands.first() {
                    self.external(name, resources, depth, job);
                }
            }
            b"gs" => {
                if let Some(Operand::Name(name)) = operands.first() {
                    self.graphics_state(name, resources, job);
                }
            }
            b"BDC" | b"BMC" => self.begin_marked(operands, resources),
            b"EMC" => {
                if let Some(Marked { actual: Some((text, start)), .. }) = self.marked.pop() {
                    self.settle_actual(&text, start);
                }
            }
            b"f" | b"F" | b"f*" | b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" => self.strokes += 1,
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translation(x, y).then(self.line);
        self.text = self.line;
    }

    fn resource(
        &self,
        kind: &[u8],
        name: &[u8],
        resources: Option<&'d Dictionary>,
    ) -> Option<(Option<lopdf::ObjectId>, &'d Object)> {
        let folder = resources?.get_deref(kind, self.pdf.document).ok()?.as_dict().ok()?;
        self.pdf.document.dereference(folder.get(name).ok()?).ok()
    }

    fn font(&mut self, name: &[u8], resources: Option<&'d Dictionary>, job: &mut Job<'_>) -> Option<Rc<Font>> {
        let (id, object) = self.resource(b"Font", name, resources)?;
        self.load_font(id, object, job)
    }

    fn load_font(&mut self, id: Option<lopdf::ObjectId>, object: &'d Object, job: &mut Job<'_>) -> Option<Rc<Font>> {
        if let Some(known) = id.and_then(|id| self.pdf.fonts.get(&id)) {
            return Some(known.clone());
        }
        let font = Rc::new(Font::load(self.pdf, object.as_dict().ok()?, job));
        // Widths of a font may take a megabyte; a file may have thousands of fonts.
        if self.pdf.fonts.len() >= MOST_FONTS {
            self.pdf.fonts.clear();
        }
        if let Some(id) = id {
            self.pdf.fonts.insert(id, font.clone());
        }
        Some(font)
    }

    fn graphics_state(&mut self, name: &[u8], resources: Option<&'d Dictionary>, job: &mut Job<'_>) {
        let Some((_, Object::Dictionary(state))) = self.resource(b"ExtGState", name, resources) else { return };
        let Ok(Object::Array(pair)) = state.get_deref(b"Font", self.pdf.document) else { return };
        if let [font, size] = pair.as_slice() {
            if let Ok((id, object)) = self.pdf.document.dereference(font) {
                self.state.font = self.load_font(id, object, job);
            }
            self.state.size = self.pdf.number(size).unwrap_or(self.state.size);
        }
    }

    fn begin_marked(&mut self, operands: &[Operand], resources: Option<&'d Dictionary>) {
        let mut hidden = self.on_hidden_layer();
        let mut actual = None;
        match operands {
            [Operand::Name(tag), Operand::Name(name)] if tag == b"OC" => {
                let folder =
                    resources.and_then(|all| all.get_deref(b"Properties", self.pdf.document).ok()?.as_dict().ok());
                if let Some(layer) = folder.and_then(|folder| folder.get(name).ok()) {
                    hidden |= self.is_hidden_layer(layer);
                }
            }
            // What a screen reader reads instead of the drawn glyphs.
            [_, Operand::Pairs(pairs)] => {
                for (key, value) in pairs {
                    if let (b"ActualText" | b"Alt" | b"E", Operand::Text(text)) = (key.as_slice(), value) {
                        actual = Some((super::beside::text_string(text), self.pieces.len()));
                    }
                }
            }
            _ => {}
        }
        if self.marked.len() < MOST_STATES {
            self.marked.push(Marked { hidden, actual });
        }
    }

    fn on_hidden_layer(&self) -> bool {
        self.marked.last().is_some_and(|marked| marked.hidden)
    }

    /// What marked content says of itself: no news when the glyphs say the same, the only text when they say nothing,
    /// hidden text beside them when they say something else.
    fn settle_actual(&mut self, actual: &str, start: usize) {
        let start = start.min(self.pieces.len());
        let drawn: String = self.pieces[start..].iter().map(|piece| piece.text.as_str()).collect();
        let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
        let unknown = drawn.matches('\u{fffd}').count();
        let told = letters(&super::same_characters(actual));
        if told.is_empty() || unknown == 0 && letters(&drawn) == told {
            return;
        }
        if unknown > 0 {
            self.pdf.unknown = self.pdf.unknown.saturating_sub(unknown);
            for (index, piece) in self.pieces[start..].iter_mut().enumerate() {
                piece.text = if index == 0 { super::same_characters(actual) } else { String::new() };
            }
        } else {
            self.place(super::same_characters(actual), 0.0, true);
        }
    }

    fn is_hidden_layer(&self, layer: &'d Object) -> bool {
        let hidden = |object: &Object| object.as_reference().is_ok_and(|id| self.pdf.hidden_layers.contains(&id));
        if hidden(layer) {
            return true;
        }
        // A membership names one layer or several.
        let groups = self.pdf.dictionary(layer).and_then(|membership| membership.get(b"OCGs").ok());
        match groups {
            Some(Object::Array(list)) => !list.is_empty() && list.iter().all(hidden),
            Some(one) => hidden(one),
            None => false,
        }
    }

    fn external(&mut self, name: &[u8], resources: Option<&'d Dictionary>, depth: usize, job: &mut Job<'_>) {
        let Some((_, Object::Stream(stream))) = self.resource(b"XObject", name, resources) else { return };
        match stream.dict.get(b"Subtype").ok().and_then(|kind| kind.as_name().ok()) {
            Some(b"Image") => {
                self.images += 1;
                let jpeg = stream.filters().is_ok_and(|filters| filters == [b"DCTDecode"]);
                if jpeg && self.images <= 50 && stream.content.len() > 2000 {
                    job.picture(&format!("第 {} 页图片 {}.jpg", self.number, self.images), &stream.content);
                }
            }
            Some(b"Form") => self.form(stream, resources, depth + 1, job),
            _ => {}
        }
    }

    /// Draws a form: content of its own, with its matrix and resources.
    pub fn form(&mut self, stream: &'d Stream, above: Option<&'d Dictionary>, depth: usize, job: &mut Job<'_>) {
        if depth > DEEPEST {
            job.missed("PDF 的页面内容嵌套过深，可能没有读全，请人工查看。");
            return;
        }
        if self.drawing.iter().any(|open| std::ptr::eq(*open, stream)) {
            return;
        }
        let Some(content) = self.pdf.decoded(stream, job) else { return };
        // A short form costs more than its bytes, and forms can use each other without end.
        job.unpacked(FORM_COST);
        self.drawing.push(stream);
        let own = stream.dict.get_deref(b"Resources", self.pdf.document).ok().and_then(|object| object.as_dict().ok());
        let saved = (self.state.clone(), self.text, self.line, std::mem::take(&mut self.states));
        let open = self.marked.len();
        if let Ok(layer) = stream.dict.get(b"OC") {
            let hidden = self.is_hidden_layer(layer);
            let hidden = hidden || self.on_hidden_layer();
            self.marked.push(Marked { hidden, actual: None });
        }
        if let Ok(Object::Array(matrix)) = stream.dict.get_deref(b"Matrix", self.pdf.document) {
            let numbers: Vec<f64> = matrix.iter().filter_map(|number| self.pdf.number(number)).collect();
            if let Some(matrix) = Matrix::of(&numbers) {
                self.state.matrix = matrix.then(self.state.matrix);
            }
        }
        self.run(&content, own.or(above), depth, job);
        self.drawing.pop();
        (self.state, self.text, self.line, self.states) = saved;
        self.marked.truncate(open);
    }

    fn show_all(&mut self, operands: &[Operand]) {
        for operand in operands {
            match operand {
                Operand::Text(bytes) => self.show(bytes),
                Operand::List(items) => {
                    for item in items {
                        match item {
                            Operand::Text(bytes) => self.show(bytes),
                            Operand::Number(back) => {
                                self.advance(-back / 1000.0 * self.state.size * self.state.stretch);
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn advance(&mut self, distance: f64) {
        self.text = Matrix::translation(distance, 0.0).then(self.text);
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            let text = super::super::decode::quietly(bytes);
            self.place(text, bytes.len() as f64 * 0.5 * self.state.size, false);
            return;
        };
        let mut text = String::new();
        let mut width = 0.0;
        for code in font.codes(bytes) {
            match code.text {
                Some(shown) => text.push_str(&shown),
                None => {
                    self.pdf.unknown += 1;
                    text.push('\u{fffd}');
                }
            }
            width += code.width * self.state.size + self.state.character_space;
            width += if code.is_space { self.state.word_space } else { 0.0 };
            // Characters set far apart are as many pieces: the gaps tell cells from words.
            if self.state.character_space > self.state.size * 0.25 {
                self.piece(&mut text, &mut width);
            }
        }
        self.piece(&mut text, &mut width);
    }

    fn piece(&mut self, text: &mut String, width: &mut f64) {
        let distance = std::mem::take(width) * self.state.stretch;
        let space = self.state.character_space * self.state.stretch;
        let text = std::mem::take(text);
        if !text.is_empty() {
            self.place(text, distance - space, false);
        }
        self.advance(distance);
    }

    /// A piece at the current place, turned so that its line runs to the right.
    fn place(&mut self, text: String, width: f64, unseen: bool) {
        let Matrix([a, b, c, d, e, f]) =
            Matrix::translation(0.0, self.state.rise).then(self.text).then(self.state.matrix);
        let length = a.hypot(b);
        let (right, up) = if length > 0.0 { (a / length, b / length) } else { (1.0, 0.0) };
        let x = e * right + f * up;
        let y = -(f * right - e * up);
        let outside = self.page_box.is_some_and(|[left, bottom, far, top]| {
            e < left - 1.0 || e > far + 1.0 || f < bottom - 1.0 || f > top + 1.0
        });
        let hidden = unseen || self.on_hidden_layer() || outside || self.state.invisible;
        let size = (self.state.size * c.hypot(d)).abs();
        self.pieces.push(Piece { x, y, end: x + width * length, size, text, hidden });
    }
}
