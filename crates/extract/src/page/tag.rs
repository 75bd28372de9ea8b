//! The elements of HTML that matter for reading a page, as small numbers, so that every later question is a table look-up.

macro_rules! tags {
    ($($variant:ident $name:literal $class:ident),* $(,)?) => {
        /// An element's name; text is a node of its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Tag { Text, Other, $($variant),* }

        impl Tag {
            /// How many there are, for tables indexed by tag.
            pub(super) const COUNT: usize = 2 + [$($name),*].len();

            fn from_lower(name: &[u8]) -> Tag {
                match name {
                    $(_ if name == $name.as_bytes() => Tag::$variant,)*
                    _ => Tag::Other,
                }
            }

            /// The name in lower case; empty for text and unknown elements.
            pub(super) fn name(self) -> &'static str {
                match self {
                    Tag::Text | Tag::Other => "",
                    $(Tag::$variant => $name,)*
                }
            }

            pub(super) fn class(self) -> TagClass {
                match self {
                    Tag::Text | Tag::Other => TagClass::Inline,
                    $(Tag::$variant => TagClass::$class,)*
                }
            }
        }
    };
}

/// What an element does to the flow of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagClass {
    /// Begins and ends a block of text.
    Block,
    /// Part of a line.
    Inline,
    /// Has no content.
    Void,
    /// Its content is characters, not elements.
    Raw,
}

tags! {
    A "a" Inline, Abbr "abbr" Inline, Address "address" Block, Area "area" Void, Article "article" Block,
    Aside "aside" Block, Audio "audio" Inline, B "b" Inline, Base "base" Void, Big "big" Inline,
    Blockquote "blockquote" Block, Body "body" Block, Br "br" Void, Button "button" Inline, Canvas "canvas" Inline,
    Caption "caption" Block, Center "center" Block, Cite "cite" Inline, Code "code" Inline, Col "col" Void,
    Colgroup "colgroup" Block, Dd "dd" Block, Del "del" Inline, Details "details" Block, Div "div" Block, Dl "dl" Block,
    Dt "dt" Block, Em "em" Inline, Embed "embed" Void, Fieldset "fieldset" Block, Figcaption "figcaption" Block,
    Figure "figure" Block, Font "font" Inline, Footer "footer" Block, Form "form" Block, Frame "frame" Void,
    Frameset "frameset" Block, H1 "h1" Block, H2 "h2" Block, H3 "h3" Block, H4 "h4" Block, H5 "h5" Block, H6 "h6" Block,
    Head "head" Block, Header "header" Block, Hr "hr" Void, Html "html" Block, I "i" Inline, Iframe "iframe" Raw,
    Img "img" Void, Input "input" Void, Ins "ins" Inline, Label "label" Inline, Legend "legend" Block, Li "li" Block,
    Link "link" Void, Main "main" Block, Map "map" Inline, Mark "mark" Inline, Math "math" Inline, Menu "menu" Block,
    Meta "meta" Void, Nav "nav" Block, Noembed "noembed" Raw, Noframes "noframes" Raw, Noscript "noscript" Raw,
    Object "object" Inline, Ol "ol" Block, Optgroup "optgroup" Block, Option "option" Block, P "p" Block,
    Param "param" Void, Picture "picture" Inline, Plaintext "plaintext" Raw, Pre "pre" Block, Q "q" Inline, Rp "rp" Inline,
    Rt "rt" Inline, Ruby "ruby" Inline, S "s" Inline, Script "script" Raw, Section "section" Block, Select "select" Block,
    Small "small" Inline, Source "source" Void, Span "span" Inline, Strike "strike" Inline, Strong "strong" Inline,
    Style "style" Raw, Sub "sub" Inline, Summary "summary" Block, Sup "sup" Inline, Svg "svg" Inline, Table "table" Block,
    Tbody "tbody" Block, Td "td" Block, Template "template" Block, Textarea "textarea" Raw, Tfoot "tfoot" Block,
    Th "th" Block, Thead "thead" Block, Time "time" Inline, Title "title" Raw, Tr "tr" Block, Track "track" Void,
    U "u" Inline, Ul "ul" Block, Video "video" Inline, Wbr "wbr" Void, Xmp "xmp" Raw,
}

impl Tag {
    /// By name, in any case.
    pub(super) fn of(name: &[u8]) -> Tag {
        let mut lower = [0_u8; 12];
        let Some(target) = lower.get_mut(..name.len()) else { return Tag::Other };
        for (to, from) in target.iter_mut().zip(name) {
            *to = from.to_ascii_lowercase();
        }
        known(target)
    }

    pub(super) fn is_block(self) -> bool {
        self.class() == TagClass::Block
    }

    pub(super) fn is_heading(self) -> bool {
        matches!(self, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
    }

    pub(super) fn is_cell(self) -> bool {
        matches!(self, Tag::Td | Tag::Th)
    }

    /// Elements whose content is never part of what a reader reads as text.
    pub(super) fn is_mute(self) -> bool {
        matches!(
            self,
            Tag::Audio
                | Tag::Button
                | Tag::Canvas
                | Tag::Embed
                | Tag::Iframe
                | Tag::Input
                | Tag::Map
                | Tag::Noembed
                | Tag::Noframes
                | Tag::Noscript
                | Tag::Object
                | Tag::Script
                | Tag::Select
                | Tag::Style
                | Tag::Svg
                | Tag::Template
                | Tag::Textarea
                | Tag::Title
                | Tag::Video
        )
    }
}

/// The names met most first: the long table is only walked for the rest.
fn known(lower: &[u8]) -> Tag {
    match lower {
        b"a" => Tag::A,
        b"p" => Tag::P,
        b"div" => Tag::Div,
        b"span" => Tag::Span,
        b"li" => Tag::Li,
        b"ul" => Tag::Ul,
        b"br" => Tag::Br,
        b"td" => Tag::Td,
        b"tr" => Tag::Tr,
        b"img" => Tag::Img,
        b"strong" => Tag::Strong,
        b"script" => Tag::Script,
        b"i" => Tag::I,
        b"b" => Tag::B,
        b"link" => Tag::Link,
        b"meta" => Tag::Meta,
        b"path" | b"g" => Tag::Other,
        _ => Tag::from_lower(lower),
    }
}
