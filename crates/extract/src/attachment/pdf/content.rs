//! Content streams cut into operands and operators. Nothing here can fail: what makes no sense is passed over.

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    List(Vec<Operand>),
    Pairs(Vec<(Vec<u8>, Operand)>),
    Other,
}

impl Operand {
    pub fn number(&self) -> Option<f64> {
        if let Operand::Number(number) = self { Some(*number) } else { None }
    }
}

pub(super) struct Tokens<'c> {
    bytes: &'c [u8],
    at: usize,
}

const DEEPEST: usize = 16;
/// Operators take few operands; more are noise.
const MOST_OPERANDS: usize = 64;

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'c> Tokens<'c> {
    pub fn new(bytes: &'c [u8]) -> Tokens<'c> {
        Tokens { bytes, at: 0 }
    }

    /// The next operator with the operands before it.
    pub fn next(&mut self, operands: &mut Vec<Operand>) -> Option<&'c [u8]> {
        operands.clear();
        loop {
            self.skip_space();
            let byte = *self.bytes.get(self.at)?;
            if is_operand_start(byte) {
                let operand = self.operand(0);
                if operands.len() < MOST_OPERANDS {
                    operands.push(operand);
                }
                continue;
            }
            if is_delimiter(byte) {
                self.at += 1;
                continue;
            }
            let word = self.word();
            match word {
                b"true" | b"false" | b"null" => operands.push(Operand::Other),
                b"BI" => self.skip_inline_image(),
                _ => return Some(word),
            }
        }
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            if *byte == b'%' {
                while self.bytes.get(self.at).is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                    self.at += 1;
                }
            } else if is_space(*byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn word(&mut self) -> &'c [u8] {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(|byte| !is_space(*byte) && !is_delimiter(*byte)) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    fn operand(&mut self, depth: usize) -> Operand {
        match self.bytes.get(self.at) {
            Some(b'(') => Operand::Text(self.literal()),
            Some(b'<') if self.bytes.get(self.at + 1) == Some(&b'<') => self.pairs(depth),
            Some(b'<') => Operand::Text(self.hexadecimal()),
            Some(b'[') => self.list(depth),
            Some(b'/') => Operand::Name(self.name()),
            _ => {
                let word = self.word();
                if word.is_empty() {
                    self.at += 1;
                }
                number(word).map_or(Operand::Other, Operand::Number)
            }
        }
    }

    fn list(&mut self, depth: usize) -> Operand {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            match self.bytes.get(self.at) {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(_) if depth >= DEEPEST => self.at += 1,
                Some(_) => items.push(self.operand(depth + 1)),
            }
        }
        Operand::List(items)
    }

    fn pairs(&mut self, depth: usize) -> Operand {
        self.at += 2;
        let mut pairs = Vec::new();
        loop {
            self.skip_space();
            match self.bytes.get(self.at) {
                None => break,
                Some(b'>') => {
                    self.at += if self.bytes.get(self.at + 1) == Some(&b'>') { 2 } else { 1 };
                    break;
                }
                Some(b'/') if depth < DEEPEST => {
                    let key = self.name();
                    self.skip_space();
                    if matches!(self.bytes.get(self.at), Some(b'>') | None) {
                        continue;
                    }
                    let value = self.operand(depth + 1);
                    pairs.push((key, value));
                }
                Some(_) => self.at += 1,
            }
        }
        Operand::Pairs(pairs)
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let word = self.word();
        let mut name = Vec::with_capacity(word.len());
        let mut index = 0;
        while index < word.len() {
            let hex = word.get(index + 1..index + 3).and_then(|pair| std::str::from_utf8(pair).ok());
            match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                Some(byte) if word[index] == b'#' => {
                    name.push(byte);
                    index += 3;
                }
                _ => {
                    name.push(word[index]);
                    index += 1;
                }
            }
        }
        name
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'(' => {
                    open += 1;
                    text.push(byte);
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                    text.push(byte);
                }
                b'\\' => self.escape(&mut text),
                other => text.push(other),
            }
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.bytes.get(self.at).copied() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.bytes.get(self.at) == Some(&b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.bytes.get(self.at) {
                        Some(digit @ b'0'..=b'7') => {
                            code = code * 8 + u32::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                text.push(code as u8);
            }
            other => text.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut half = None;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = (byte as char).to_digit(16) else { continue };
            match half.take() {
                None => half = Some(digit as u8),
                Some(high) => text.push(high << 4 | digit as u8),
            }
        }
        text.extend(half.map(|high: u8| high << 4));
        text
    }

    /// From `BI` to an `EI` that stands alone.
    fn skip_inline_image(&mut self) {
        let rest = &self.bytes[self.at..];
        let alone = |index: usize| {
            let before = index == 0 || is_space(rest[index - 1]);
            before && rest.get(index + 2).is_none_or(|byte| is_space(*byte))
        };
        let data = rest.windows(2).position(|pair| pair == b"ID").unwrap_or(0);
        let end = rest.windows(2).enumerate().skip(data).find(|(index, pair)| *pair == b"EI" && alone(*index));
        self.at += end.map_or(rest.len(), |(index, _)| index + 2);
    }
}

fn is_operand_start(byte: u8) -> bool {
    matches!(byte, b'(' | b'<' | b'[' | b'/' | b'+' | b'-' | b'.') || byte.is_ascii_digit()
}

fn number(word: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(word).ok()?;
    let number: f64 =
        text.parse().ok().or_else(|| text.trim_start_matches('-').parse::<f64>().ok().map(|size| -size))?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_come_with_their_operands() {
        let mut tokens = Tokens::new(b"/F1 12 Tf [(a\\)b) -20.5 <4142>] TJ % note\nBI /W 1 ID \x01EI\x02 EI Q");
        let mut operands = Vec::new();
        assert_eq!(tokens.next(&mut operands), Some(&b"Tf"[..]));
        assert_eq!(operands, [Operand::Name(b"F1".to_vec()), Operand::Number(12.0)]);
        assert_eq!(tokens.next(&mut operands), Some(&b"TJ"[..]));
        let list = vec![Operand::Text(b"a)b".to_vec()), Operand::Number(-20.5), Operand::Text(b"AB".to_vec())];
        assert_eq!(operands, [Operand::List(list)]);
        assert_eq!(tokens.next(&mut operands), Some(&b"Q"[..]));
        assert_eq!(tokens.next(&mut operands), None);
    }
}
