//! The text of a post: WordPress keeps marks in it that only WordPress understands, and leaves paragraphs to its
//! output.

/// The text as HTML, and sentences about what was left as it is.
pub(super) fn tidy(content: &str) -> (String, Vec<String>) {
    let content = without_comments(&content.replace("\r\n", "\n"));
    let content = captions(&content);
    let content = embeds(&content);
    let mut remarks = Vec::new();
    for name in ["gallery", "audio", "video", "playlist", "contact-form", "table", "download"] {
        if content.contains(&format!("[{name} ")) || content.contains(&format!("[{name}]")) {
            remarks.push(format!("正文里有 WordPress 短代码“[{name}]”，没有转换，请人工处理。"));
        }
    }
    (paragraphs(&content), remarks)
}

/// Leaves out `<!--more-->`, `<!--nextpage-->` and the marks of the block editor (`<!-- wp:paragraph -->`).
fn without_comments(content: &str) -> String {
    let mut clean = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(start) = rest.find("<!--") {
        let inside = &rest[start + 4..];
        let Some(end) = inside.find("-->") else { break };
        let comment = inside[..end].trim();
        let known = ["more", "nextpage", "noteaser", "wp:", "/wp:"].iter().any(|mark| comment.starts_with(mark));
        clean.push_str(&rest[..start]);
        if !known {
            clean.push_str(&rest[start..start + 4 + end + 3]);
        }
        rest = &inside[end + 3..];
    }
    clean.push_str(rest);
    clean
}

/// `[caption …]<img …> words[/caption]` and the older `caption="words"` become figures.
fn captions(content: &str) -> String {
    let mut clean = String::with_capacity(content.len());
    let mut rest = content;
    while let Some((start, name)) =
        ["[caption", "[wp_caption"].iter().filter_map(|name| rest.find(name).map(|start| (start, *name))).min()
    {
        let tag = &rest[start + name.len()..];
        let close = format!("[/{}]", &name[1..]);
        let (Some(tag_end), Some(end)) = (tag.find(']'), tag.find(&close)) else { break };
        if tag_end > end {
            break;
        }
        let (attributes, inside) = (&tag[..tag_end], tag[tag_end + 1..end].trim());
        clean.push_str(&rest[..start]);
        rest = &tag[end + close.len()..];
        let said = crate::source::table::attribute(attributes, "caption");
        let picture_end = inside.rfind("</a>").map(|at| at + 4).or_else(|| {
            let image = inside.find("<img")?;
            inside[image..].find('>').map(|at| image + at + 1)
        });
        let (picture, words) = inside.split_at(picture_end.unwrap_or(inside.len()));
        let words = if words.trim().is_empty() { said.unwrap_or_default() } else { words.trim().to_owned() };
        clean.push_str(&format!("\n\n<figure>{picture}"));
        if !words.is_empty() {
            clean.push_str(&format!("<figcaption>{words}</figcaption>"));
        }
        clean.push_str("</figure>\n\n");
    }
    clean.push_str(rest);
    clean
}

/// `[embed]address[/embed]` becomes a link.
fn embeds(content: &str) -> String {
    let mut clean = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(start) = rest.find("[embed") {
        let tag = &rest[start..];
        let (Some(tag_end), Some(end)) = (tag.find(']'), tag.find("[/embed]")) else { break };
        if tag_end > end {
            break;
        }
        let address = tag[tag_end + 1..end].trim().replace('"', "%22").replace('<', "%3C");
        clean.push_str(&rest[..start]);
        clean.push_str(&format!("<a href=\"{address}\">{address}</a>"));
        rest = &tag[end + 8..];
    }
    clean.push_str(rest);
    clean
}

const BLOCKS: [&str; 30] = [
    "p",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "section",
    "article",
    "form",
    "hr",
    "iframe",
    "script",
];

/// Empty lines part paragraphs where no element does so; a single line end is a break.
fn paragraphs(content: &str) -> String {
    if content.contains("<p>")
        || content.contains("<p ")
        || !content.trim().contains('\n') && begins_block(content.trim())
    {
        return content.trim().to_owned();
    }
    let mut html = String::with_capacity(content.len() + 64);
    for part in content.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
        if !html.is_empty() {
            html.push('\n');
        }
        if begins_block(part) || part.starts_with("</") || BLOCKS.iter().any(|name| part.contains(&format!("<{name}")))
        {
            html.push_str(part);
        } else {
            html.push_str("<p>");
            html.push_str(&part.replace('\n', "<br>"));
            html.push_str("</p>");
        }
    }
    html
}

fn begins_block(part: &str) -> bool {
    let Some(rest) = part.strip_prefix('<') else { return false };
    let end = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    BLOCKS.contains(&rest[..end].to_ascii_lowercase().as_str())
}
