use crate::collection::{cases, directory};
use crate::truth::{bigram_f1, field, truths, wrong_fields};

/// The least that is asked for: mean 0.95, no page below 0.5.
#[test]
fn bodies_of_the_benchmark_are_found() {
    let Some(root) = directory() else {
        println!("SKIPPED: ZHENGTONG_DATA is absent");
        return;
    };
    let truths = truths(&root.join("12-html/extract-bench.truth.jsonl"), "file");
    let mut scores = Vec::new();
    for case in cases(&root) {
        if let Some(truth) = truths.get(&case.file) {
            let page = case.read();
            let text = page.body.map_or(String::new(), |found| found.value.text);
            let score = bigram_f1(&text, field(truth, "content"));
            assert!(score >= 0.5, "{}: F1 {score}", case.file);
            scores.push(score);
        }
    }
    assert!(!scores.is_empty(), "the benchmark has pages");
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    println!("mean F1 {mean:.4} over {} pages", scores.len());
    assert!(mean >= 0.95, "mean F1 {mean}");
}

/// Title, publication date and document number right on 95 of 100 pages that have them; the rest is printed.
#[test]
fn fields_of_government_documents_are_right() {
    let Some(root) = directory() else {
        println!("SKIPPED: ZHENGTONG_DATA is absent");
        return;
    };
    let truths = truths(&root.join("02-docs/state_council.jsonl"), "id");
    let (mut pages, mut wrong) = (0, 0);
    for case in cases(&root) {
        let id = case.file.rsplit('/').next().unwrap_or("").trim_end_matches(".html");
        let Some(truth) = truths.get(id) else { continue };
        let page = case.read();
        pages += 1;
        let mistakes = wrong_fields(&page, truth);
        if mistakes.iter().any(|(name, ..)| matches!(*name, "title" | "publish_date" | "doc_no")) {
            wrong += 1;
        }
        for (name, found, wanted) in mistakes {
            println!("{}: {name} is {wanted:?}, found {found:?}", case.file);
        }
        let text = page.body.map_or(String::new(), |found| found.value.text);
        let score = bigram_f1(&text, field(truth, "body"));
        assert!(score >= 0.9, "{}: F1 {score}", case.file);
    }
    assert!(pages > 0, "there are documents with truth");
    assert!(wrong * 20 <= pages, "{wrong} of {pages} pages have a wrong title, date or number");
}

/// Every page of the collection that is an article has a title, a time and a body.
#[test]
fn articles_of_news_sites_have_their_main_fields() {
    let Some(root) = directory() else {
        println!("SKIPPED: ZHENGTONG_DATA is absent");
        return;
    };
    let (mut all, mut complete) = (0, 0);
    for case in cases(&root).iter().filter(|case| case.file.starts_with("news/")) {
        let page = case.read();
        let text = page.body.as_ref().map_or(0, |found| found.value.text.chars().count());
        all += 1;
        if page.title.is_some() && page.published.is_some() && text >= 100 {
            complete += 1;
        } else {
            println!("{}: title {:?}, time {:?}, {text} characters", case.file, page.title, page.published);
        }
    }
    assert!(complete * 10 >= all * 9, "{complete} of {all}");
}

/// Two documents marked by hand are enough for the others.
#[test]
fn rules_learned_from_two_documents_hold_on_the_others() {
    use extract::page::{Field, Hint, Marked, learn, read};

    let Some(root) = directory() else {
        println!("SKIPPED: ZHENGTONG_DATA is absent");
        return;
    };
    let truths = truths(&root.join("02-docs/state_council.jsonl"), "id");
    let id = |file: &str| file.rsplit('/').next().unwrap_or("").trim_end_matches(".html").to_owned();
    let documents: Vec<_> = cases(&root).into_iter().filter(|case| truths.contains_key(&id(&case.file))).collect();
    let fields = [
        (Field::Title, "title"),
        (Field::Published, "publish_date"),
        (Field::DocumentNumber, "doc_no"),
        (Field::IndexNumber, "index_no"),
        (Field::WrittenOn, "date"),
        (Field::Organ, "source"),
        (Field::Body, "body"),
    ];
    let values: Vec<Vec<(Field, &str)>> = documents
        .iter()
        .take(2)
        .map(|case| fields.iter().map(|(known, name)| (*known, field(&truths[&id(&case.file)], name))).collect())
        .collect();
    let marked: Vec<Marked<'_>> = documents
        .iter()
        .zip(&values)
        .map(|(case, values)| Marked { bytes: &case.bytes, address: case.address.as_deref(), values })
        .collect();
    let rules = learn(&marked);
    assert_eq!(rules.not_learned, [], "{rules:?}");
    let mut wrong = 0;
    for case in documents.iter().skip(2) {
        let page = read(&case.bytes, &Hint { address: case.address.as_deref(), content_type: None }, Some(&rules));
        let truth = &truths[&id(&case.file)];
        let mistakes = wrong_fields(&page, truth);
        let text = page.body.map_or(String::new(), |found| found.value.text);
        if !mistakes.is_empty() || bigram_f1(&text, field(truth, "body")) < 0.95 {
            println!("{}: {mistakes:?}", case.file);
            wrong += 1;
        }
    }
    assert!(wrong * 20 <= documents.len(), "{wrong} of {}", documents.len());
}

/// The same page in another encoding, under a false claim, is the same page.
#[test]
fn pages_read_the_same_in_the_encoding_of_old_sites() {
    use extract::page::{Hint, read};

    let Some(root) = directory() else {
        println!("SKIPPED: ZHENGTONG_DATA is absent");
        return;
    };
    for case in cases(&root).iter().filter(|case| !case.file.contains("f01449")) {
        let Ok(text) = std::str::from_utf8(&case.bytes) else { continue };
        let (bytes, _, _) = encoding_rs::GB18030.encode(text);
        let hint = Hint { address: case.address.as_deref(), content_type: Some("text/html; charset=utf-8") };
        let (ours, other) = (read(text.as_bytes(), &hint, None), read(&bytes, &hint, None));
        if text.is_ascii() {
            continue;
        }
        assert_eq!(other.encoding, "gb18030", "{}", case.file);
        assert_eq!(other.title, ours.title, "{}", case.file);
        assert_eq!(other.published, ours.published, "{}", case.file);
        assert_eq!(other.body, ours.body, "{}", case.file);
    }
}
