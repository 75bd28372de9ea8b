use extract::page::Language;

use crate::page;

#[test]
fn pages_in_other_languages_are_tagged_and_have_their_text() {
    for (sentence, expected, tag) in [
        ("ᠥᠪᠥᠷ ᠮᠣᠩᠭᠣᠯ ᠤᠨ ᠥᠪᠡᠷᠲᠡᠭᠡᠨ ᠵᠠᠰᠠᠬᠤ ᠣᠷᠤᠨ ᠤ ᠠᠷᠠᠳ ᠤᠨ ᠵᠠᠰᠠᠭ ᠤᠨ ᠣᠷᠳᠣᠨ᠃", Language::MongolianTraditional, "mn-Mong"),
        (
            "Засгийн газрын тогтоолыг үндэслэн ажлын хэсэг байгуулж, хэрэгжилтийг хангана.",
            Language::MongolianCyrillic,
            "mn-Cyrl",
        ),
        ("The people's government of the region announced the new measures on Thursday.", Language::English, "en"),
        ("འདི་ནི་བོད་ཡིག་གི་ཚིག་གྲུབ་ཅིག་ཡིན། གཞུང་གི་བརྡ་ཁྱབ།", Language::Tibetan, "bo"),
        (
            "ئاپتونوم رايونلۇق خەلق ھۆكۈمىتى يېڭى تەدبىرلەرنى ئېلان قىلدى، ھەممە ئورۇن ئىجرا قىلىدۇ.",
            Language::Uyghur,
            "ug",
        ),
    ] {
        let html = format!(
            "<html><body><ul><li><a href=a>1</a></ul><div class=article>{}</div></body></html>",
            format!("<p>{sentence}</p>").repeat(8)
        );
        let page = page(&html);
        assert_eq!(page.language, expected);
        assert_eq!(page.language.tag(), tag);
        let text = page.body.expect("the sentences are found").value.text;
        assert_eq!(text.lines().count(), 8, "{text}");
    }
}
