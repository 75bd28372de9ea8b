use jiff::civil::date;
use proptest::prelude::*;

use super::super::*;
use crate::{
    form::{Key, Severity},
    rule::{Mark, Quantity},
};

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

fn requests() -> &'static Table {
    shipped().table("requests").unwrap()
}

fn only(table: &Table, cells: &TableCells) -> Cells {
    [(table.key.clone(), cells.clone())].into()
}

/// Problems of one table, seen alone.
fn problems(table: &Table, cells: &TableCells) -> Vec<TableProblem> {
    check(std::slice::from_ref(table), &only(table, cells), None)
}

/// Table two from the numbers of its leaves: what came in is set so that the year balances.
fn balanced_requests(seed: &[u32]) -> TableCells {
    let table = requests();
    let mut cells = TableCells::default();
    let mut numbers = seed.iter().cycle();
    for column in table.columns.iter().filter(|column| column.key.as_str() != "total") {
        let mut sum = 0i64;
        for row in &table.rows {
            let derived = row.heading || ["received", "result"].contains(&row.key.as_str());
            if derived {
                continue;
            }
            let number = i64::from(*numbers.next().unwrap_or(&0));
            sum += if row.key.as_str() == "carried_in" { -number } else { number };
            cells.set(row.key.clone(), column.key.clone(), Quantity::whole(number));
        }
        let carried_in = cells.get(&key("carried_in"), &column.key).unwrap().as_whole().unwrap();
        // New requests cannot be fewer than none: what is missing is carried over to the next year.
        let more = (-sum).max(0);
        let carried_out = cells.get(&key("carried_out"), &column.key).unwrap().as_whole().unwrap() + more;
        cells.set(key("carried_out"), column.key.clone(), Quantity::whole(carried_out));
        cells.set(key("received"), column.key.clone(), Quantity::whole(sum + more));
        assert!(carried_in >= 0 && sum + more >= 0);
    }
    complete(table, &mut cells);
    cells
}

fn disputes(seed: &[u32; 12]) -> TableCells {
    let table = shipped().table("disputes").unwrap();
    let mut cells = TableCells::default();
    let mut numbers = seed.iter();
    for row in &table.rows {
        for column in table.columns.iter().filter(|column| column.key.as_str() != "total") {
            let number = numbers.next().copied().unwrap_or(0);
            cells.set(row.key.clone(), column.key.clone(), Quantity::whole(i64::from(number)));
        }
    }
    complete(table, &mut cells);
    cells
}

#[test]
fn the_form_that_ships_is_good_and_has_every_row_of_the_regulation() {
    if let Err(problems) = DisclosureReport::parse(load::FORM.0, load::FORM.1) {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
    let table = requests();
    let under = |prefix: &str| table.rows.iter().filter(|row| row.key.as_str().starts_with(prefix)).count();
    assert_eq!(["denied_", "unable_", "not_handled_", "other_"].map(under), [8, 3, 5, 3]);
    assert_eq!(table.rows.len(), 2 + 2 + 4 + 19 + 2);
    assert_eq!(table.columns.len(), 7);
    assert_eq!(shipped().chapters.len(), 6);
    assert_eq!(shipped().table("disputes").unwrap().rows.len(), 3);
}

#[test]
fn departments_report_by_31_january_and_governments_by_31_march() {
    let days: Vec<_> =
        shipped().header.deadlines.iter().map(|deadline| (deadline.for_report_on(2025), deadline.mark)).collect();
    assert_eq!(days, [(Some(date(2026, 1, 31)), Mark::V), (Some(date(2026, 3, 31)), Mark::V)]);
}

#[test]
fn each_kind_of_reply_counts_in_its_row() {
    use ReplyKind as R;
    for (kind, article, row) in [
        (R::AlreadyPublic, "第三十六条第（一）项", "granted"),
        (R::Provided, "第三十六条第（二）项", "granted"),
        (R::Separated, "第三十七条", "partial"),
        (R::StateSecret, "第三十六条第（三）项", "denied_1"),
        (R::ForbiddenByLaw, "第三十六条第（三）项", "denied_2"),
        (R::SafetyAndStability, "第三十六条第（三）项", "denied_3"),
        (R::ThirdParty, "第三十六条第（三）项", "denied_4"),
        (R::InternalAffairs, "第三十六条第（三）项", "denied_5"),
        (R::ProcessInformation, "第三十六条第（三）项", "denied_6"),
        (R::EnforcementFile, "第三十六条第（三）项", "denied_7"),
        (R::AdministrativeQuery, "第三十六条第（七）项", "denied_8"),
        (R::NotHeld, "第三十六条第（四）项", "unable_1"),
        (R::OtherOrgan, "第三十六条第（五）项", "unable_1"),
        (R::NeedsMaking, "第三十八条", "unable_2"),
        (R::StillUnclear, "第三十条", "unable_3"),
        (R::Petition, "第三十九条", "not_handled_1"),
        (R::Duplicate, "第三十六条第（六）项", "not_handled_2"),
        (R::Publication, "第三十九条", "not_handled_3"),
        (R::Excessive, "第三十五条", "not_handled_4"),
        (R::Reissue, "第三十九条", "not_handled_5"),
        (R::NotCorrected, "第三十条", "other_1"),
        (R::NotPaid, "第四十二条", "other_2"),
        (R::Other, "", "other_3"),
    ] {
        let rows = &shipped().replies;
        assert_eq!(row_of_request(rows, &[kind]).map(Key::as_str), Ok(row), "{kind:?}");
        assert_eq!(rows.iter().find(|row| row.kind == kind).unwrap().article, article, "{kind:?}");
    }
}

#[test]
fn a_request_counts_once_and_a_separated_one_only_as_partial() {
    use ReplyKind as R;
    let rows = &shipped().replies;
    for (replies, row) in [
        (vec![R::Provided, R::StateSecret], Some("partial")),
        (vec![R::Separated, R::ThirdParty, R::InternalAffairs], Some("partial")),
        (vec![R::AlreadyPublic, R::Provided], Some("granted")),
        (vec![R::NotHeld, R::OtherOrgan], Some("unable_1")),
        (vec![R::Provided, R::NotHeld], None),
        (vec![R::StateSecret, R::ThirdParty], None),
        (vec![], None),
    ] {
        assert_eq!(row_of_request(rows, &replies).ok().map(Key::as_str), row, "{replies:?}");
    }
    assert!(row_of_request(rows, &[R::Provided, R::NotHeld]).unwrap_err().message.contains("一事一申请"));
}

#[test]
fn a_violated_equation_is_told_with_row_column_and_numbers() {
    let table = requests();
    let good = balanced_requests(&[1, 2, 3]);
    assert_eq!(problems(table, &good), []);
    let mut cells = good.clone();
    let before = cells.get(&key("granted"), &key("person")).unwrap().as_whole().unwrap();
    cells.set(key("granted"), key("person"), Quantity::whole(before + 1));
    let found = problems(table, &cells);
    let told = |said: &str| found.iter().any(|problem| problem.message.contains(said));
    assert!(told("“三、（一）予以公开”行：“总计”") && told(&format!("“自然人”{}", before + 1)), "{found:#?}");
    assert!(told("“自然人”列：“三、（七）总计”"), "{found:#?}");
    assert!(found.iter().all(|problem| problem.severity == Severity::Wrong && !problem.cells.is_empty()));
}

#[test]
fn headings_may_be_left_out_and_other_cells_may_not() {
    let table = requests();
    let mut cells = balanced_requests(&[5, 0, 7]);
    for column in &table.columns {
        cells.clear(&key("denied"), &column.key);
    }
    assert_eq!(problems(table, &cells), []);
    cells.clear(&key("denied_3"), &key("research"));
    let found = problems(table, &cells);
    assert!(found[0].message.contains("“三、（三）3.危及“三安全一稳定””行“科研机构”列没有填写"), "{found:#?}");
}

#[test]
fn what_is_carried_in_is_what_was_carried_out_last_year() {
    let table = requests();
    let cells = only(table, &balanced_requests(&[4]));
    let mut former = balanced_requests(&[4]);
    assert_eq!(check(std::slice::from_ref(table), &cells, Some(&only(table, &former))), []);
    former.set(key("carried_out"), key("person"), Quantity::whole(9));
    let found = check(std::slice::from_ref(table), &cells, Some(&only(table, &former)));
    assert_eq!(found.len(), 1);
    assert!(found[0].message.contains("上年“四、结转下年度继续办理”9"), "{found:#?}");
    assert_eq!(found[0].severity, Severity::Doubtful);
}

#[test]
fn numbers_of_the_wrong_kind_and_unknown_cells_are_told() {
    let charges = shipped().table("charges").unwrap();
    let mut cells = TableCells::default();
    cells.set(key("charge"), key("amount"), Quantity::parse("12.34").unwrap());
    assert_eq!(problems(charges, &cells), []);
    cells.set(key("charge"), key("amount"), Quantity::whole(-1));
    assert!(problems(charges, &cells)[0].message.contains("非负数"));
    cells.set(key("fine"), key("amount"), Quantity::ZERO);
    assert!(problems(charges, &cells).iter().any(|problem| problem.message.contains("“fine”行")));
    let mut half = balanced_requests(&[1]);
    half.set(key("granted"), key("person"), Quantity::parse("1.5").unwrap());
    assert!(problems(requests(), &half).iter().any(|problem| problem.message.contains("非负整数")));
    let unknown: Cells = [(key("no_table"), TableCells::default())].into();
    assert!(check(&[], &unknown, None)[0].message.contains("no_table"));
}

#[test]
fn a_bad_form_is_refused_with_line_and_reason() {
    let (file, text) = load::FORM;
    for (from, to, said) in [
        ("rule = \"total = sum(upheld", "rule = \"total = sum(uphold", "“uphold”不是这张表的列"),
        ("received + carried_in =", "received + brought_in =", "“brought_in”不是这张表的行"),
        ("row = \"unable_2\"", "row = \"unable\"", "标题行"),
        ("kind = \"reissue\"", "kind = \"duplicate\"", "写了两次"),
        ("each = \"row\"", "each = \"cell\"", "不在允许的值之内"),
        ("key = \"denied_2\"", "key = \"denied_1\"", "写了两次"),
    ] {
        assert!(text.contains(from), "{from}");
        let problems = DisclosureReport::parse(file, &text.replacen(from, to, 1)).unwrap_err();
        assert!(problems.iter().any(|problem| problem.reason.contains(said) && problem.line > 1), "{to}: {problems:?}");
    }
}

proptest! {
    #[test]
    fn a_balanced_table_stays_balanced_when_a_request_arrives_and_is_answered(
        seed in prop::collection::vec(0u32..50, 1..40), column in 0usize..6, reply in 0usize..23,
    ) {
        let table = requests();
        let mut cells = balanced_requests(&seed);
        prop_assert_eq!(problems(table, &cells), []);
        let row = row_of_request(&shipped().replies, &[ReplyKind::ALL[reply]]).unwrap().clone();
        let heading = table.rows.iter().find(|heading| {
            heading.heading && row.as_str().rsplit_once('_').is_some_and(|(head, _)| head == heading.key.as_str())
        });
        let rows = [Some(key("received")), Some(row), heading.map(|heading| heading.key.clone()), Some(key("result"))];
        for row in rows.into_iter().flatten() {
            cells.count(row.clone(), table.columns[column].key.clone());
            cells.count(row, key("total"));
        }
        prop_assert_eq!(problems(table, &cells), []);
    }

    #[test]
    fn any_single_changed_cell_breaks_an_equation(
        seed in prop::collection::vec(0u32..50, 1..40), row in 0usize..29, column in 0usize..7, more in 1i64..1_000,
    ) {
        let table = requests();
        let mut cells = balanced_requests(&seed);
        let (row, column) = (table.rows[row].key.clone(), table.columns[column].key.clone());
        let number = cells.get(&row, &column).unwrap().as_whole().unwrap();
        cells.set(row.clone(), column.clone(), Quantity::whole(number + more));
        let found = problems(table, &cells);
        prop_assert!(found.iter().any(|problem| problem.cells.contains(&(row.clone(), column.clone()))), "{:?}", found);
    }

    #[test]
    fn any_single_changed_cell_of_table_three_breaks_its_row(
        seed in prop::array::uniform12(0u32..50), row in 0usize..3, column in 0usize..5,
    ) {
        let table = shipped().table("disputes").unwrap();
        let mut cells = disputes(&seed);
        prop_assert_eq!(problems(table, &cells), []);
        cells.count(table.rows[row].key.clone(), table.columns[column].key.clone());
        prop_assert_eq!(problems(table, &cells).len(), 1);
    }

    #[test]
    fn whatever_stands_in_the_cells_nothing_panics(
        numbers in prop::collection::vec((0usize..29, 0usize..7, any::<i64>()), 0..120),
    ) {
        let table = requests();
        let mut cells = TableCells::default();
        for (row, column, parts) in numbers {
            let number = Quantity::ten_thousandths(parts);
            cells.set(table.rows[row].key.clone(), table.columns[column].key.clone(), number);
            cells.count(table.rows[row].key.clone(), table.columns[column].key.clone());
        }
        complete(table, &mut cells);
        let filled = only(table, &cells);
        let _ = check(&shipped().tables, &filled, Some(&filled));
    }

    #[test]
    fn a_broken_file_never_panics(at in 0usize..12_000, with in "\\PC{0,6}") {
        let (file, text) = load::FORM;
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let _ = DisclosureReport::parse(file, &format!("{}{with}{}", &text[..at], &text[at..]));
    }
}
