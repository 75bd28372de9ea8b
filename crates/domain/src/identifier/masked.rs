//! Personal data as screens, logs and findings may show it (个人信息保护法 第六条: no more than needed).

/// A value that can be shown with its middle hidden.
pub trait Masked {
    /// Enough to recognise the entry in a text, too little to use it.
    fn masked(&self) -> String;
}

/// Keeps `head` and `tail` characters and stars the rest, character by character.
pub fn star_middle(text: &str, head: usize, tail: usize) -> String {
    let count = text.chars().count();
    let (head, tail) = if head + tail < count { (head, tail) } else { (0, 0) };
    text.chars().enumerate().map(|(i, c)| if i < head || i >= count - tail { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::star_middle;

    #[test]
    fn short_texts_are_hidden_entirely() {
        assert_eq!(star_middle("12345", 3, 2), "*****");
        assert_eq!(star_middle("123456", 3, 2), "123*56");
        assert_eq!(star_middle("", 3, 2), "");
    }
}
