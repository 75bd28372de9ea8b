//! Little-endian numbers and lists of the model file, read with care: a damaged file is an error, never a panic.

/// Writes a model file.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }
    /// Two bytes.
    pub fn short(&mut self, value: u16) {
        self.bytes(&value.to_le_bytes());
    }
    /// Four bytes. Nothing in a model comes near four thousand million.
    pub fn number(&mut self, value: usize) {
        self.bytes(&u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes());
    }
    /// A fraction, four bytes.
    pub fn fraction(&mut self, value: f32) {
        self.bytes(&value.to_le_bytes());
    }
    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads a model file.
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// From the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }
    /// The next bytes.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], String> {
        let (head, rest) = self.rest.split_at_checked(count).ok_or("the file ends too early")?;
        self.rest = rest;
        Ok(head)
    }
    /// One byte.
    pub fn byte(&mut self) -> Result<u8, String> {
        Ok(self.bytes(1)?[0])
    }
    /// Two bytes.
    pub fn short(&mut self) -> Result<u16, String> {
        let bytes = self.bytes(2)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }
    /// Four bytes.
    pub fn number(&mut self) -> Result<usize, String> {
        let bytes = self.bytes(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
    }
    /// A fraction; anything but a finite number is refused.
    pub fn fraction(&mut self) -> Result<f32, String> {
        let bytes = self.bytes(4)?;
        let value = f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        if value.is_finite() { Ok(value) } else { Err("a number is not finite".to_owned()) }
    }
    /// A list of numbers of two bytes.
    pub fn shorts(&mut self, count: usize) -> Result<Vec<u16>, String> {
        let bytes = self.bytes(count.checked_mul(2).ok_or("a list is too long")?)?;
        Ok(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect())
    }
    /// Whether everything has been read.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }
}
