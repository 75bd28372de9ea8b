//! Reading holiday notices.

use super::super::*;
use proptest::prelude::*;
use std::{collections::BTreeMap, path::PathBuf};

const WHOLE: &str = "国务院办公厅关于2026年
部分节假日安排的通知

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，1月1日起遇有重大突发事件要及时报告。
国务院办公厅
2025年11月4日
（此件公开发布）
https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm
";

/// Date → off, of a text read as the arrangement of `year`.
fn days(year: i16, text: &str) -> (BTreeMap<String, bool>, Vec<String>) {
    let read = read_arrangement(text, Some(year));
    let days = read.arrangement.iter().flat_map(YearArrangement::days).map(|(date, off, _)| (date.to_string(), off));
    (days.collect(), read.problems.iter().filter(|p| p.serious).map(ArrangementProblem::sentence).collect())
}

#[test]
fn all_published_sentences_are_read_as_their_day_lists_say() {
    let folder =
        std::env::var_os("ZHENGTONG_DATA").map_or_else(|| PathBuf::from("../../../shared/data"), PathBuf::from);
    let file = folder.join("09-calendar/description_parsing_cases.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("SKIPPED: no sentences at {} (set ZHENGTONG_DATA)", file.display());
        return;
    };
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert!(cases.len() > 40);
    for case in &cases {
        let description = case["description"].as_str().unwrap();
        let (found, problems) = days(case["year"].as_i64().unwrap() as i16, description);
        let listed = case["expected"].as_array().unwrap().iter();
        let expected: BTreeMap<String, bool> =
            listed.map(|day| (day["date"].as_str().unwrap().to_owned(), day["isOffDay"].as_bool().unwrap())).collect();
        assert_eq!(found, expected, "{description}");
        assert_eq!(problems, Vec::<String>::new(), "{description}");
    }
}

#[test]
fn a_whole_notice_is_read_as_the_arrangement_that_ships() {
    let builtin = WorkCalendar::builtin();
    let shipped = builtin.arrangement(2026).unwrap();
    let read = read_arrangement(WHOLE, None);
    assert_eq!(read.problems, vec![]);
    assert_eq!(read.arrangement.as_ref(), Some(shipped));
    // Pasted in one line, with other brackets and dashes, wrapped in the middle of sentences.
    let variants = [
        WHOLE.replace(['\n', '　'], ""),
        WHOLE.replace('（', "(").replace('）', ")").replace('至', "—").replace('，', ", "),
        WHOLE.replace("放假", "放\n假").replace("2月28日", "2月\n28日"),
        WHOLE
            .replace("一、元旦：", "1.元旦:")
            .replace("二、春节：", "（二）春节。")
            .replace("三、清明节：", "三、清明节\n"),
        WHOLE
            .replace("1月1日（周四）至3日（周六）", "一月一日（星期四）至三日（星期六）")
            .replace("1月4日", "1 月 4 日"),
        WHOLE.replace("2月15日（农历腊月二十八、周日）至23日", "2026年2月15日（周日）——2026年2月23日"),
        WHOLE.replace("1月1日（周四）至3日（周六）放假调休，共3天", "放假时间为1月1日（周四）至3日（周六），共3天"),
        WHOLE.replace("9月20日（周日）、10月10日（周六）上班", "9月20日（周日），10月10日（周六）调休上班"),
        WHOLE.replace('\n', "\r\n"),
    ];
    for text in &variants {
        let read = read_arrangement(text, Some(2026));
        let problems: Vec<String> = read.problems.iter().map(ArrangementProblem::sentence).collect();
        let found =
            read.arrangement.map(|arrangement| YearArrangement { papers: shipped.papers.clone(), ..arrangement });
        assert_eq!((found.as_ref(), problems), (Some(shipped), Vec::<String>::new()), "{text}");
    }
}

#[test]
fn sentences_of_all_years_are_understood() {
    let off = |dates: &[&str]| dates.iter().map(|date| ((*date).to_owned(), true)).collect::<Vec<_>>();
    let work = |dates: &[&str]| dates.iter().map(|date| ((*date).to_owned(), false)).collect::<Vec<_>>();
    for (year, text, rest, worked) in [
        // An appeal is no arrangement.
        (
            2024,
            "2月10日至11日放假，共2天。2月4日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。",
            off(&["2024-02-10", "2024-02-11"]),
            work(&["2024-02-04"]),
        ),
        (
            2009,
            "10月1日－8日放假，共8天。其中，10月1日（星期四）、2日（星期五）、3日（星期六）为国庆节、中秋节法定节假日，\
             10月4日（星期日）照常公休，9月27日（星期日）、10月10日（星期六）两个公休日及10月3日（星期六）公休日分别调至\
             10月5日（星期一）、6日（星期二）、7日（星期三）、8日（星期四）。9月27日（星期日）、10月10日（星期六）上班。",
            off(&[
                "2009-10-01",
                "2009-10-02",
                "2009-10-03",
                "2009-10-04",
                "2009-10-05",
                "2009-10-06",
                "2009-10-07",
                "2009-10-08",
            ]),
            work(&["2009-09-27", "2009-10-10"]),
        ),
        (
            2009,
            "1月25日－31日放假，共7天。其中，1月25日（星期日、除夕）、26日（星期一、春节）、27日（星期二、正月初二）为法定节假日，\
             1月31日（星期六）照常公休；1月25日（星期日）公休日调至1月28日（星期三），1月24日（星期六）、2月1日（星期日）\
             两个公休日调至1月29日（星期四）、30日（星期五）。1月24日（星期六）、2月1日（星期日）上班。",
            off(&["2009-01-25", "2009-01-26", "2009-01-27", "2009-01-28", "2009-01-29", "2009-01-30", "2009-01-31"]),
            work(&["2009-01-24", "2009-02-01"]),
        ),
        (
            2009,
            "4月4日－6日放假，共3天。其中，4月4日（星期六、农历清明当日）为法定节假日，4月5日（星期日）照常公休；\
             4月4日（星期六）公休日调至4月6日（星期一）。",
            off(&["2009-04-04", "2009-04-05", "2009-04-06"]),
            work(&[]),
        ),
        (
            2015,
            "2015年9月3日全国放假1天。为方便公众安排假日期间生产生活，特作如下调休：9月3日至5日调休放假，共3天。\
             其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。",
            off(&["2015-09-03", "2015-09-04", "2015-09-05"]),
            work(&["2015-09-06"]),
        ),
        (
            2015,
            "9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。",
            off(&["2015-09-03", "2015-09-04", "2015-09-05"]),
            work(&["2015-09-06"]),
        ),
        (
            2012,
            "2012年1月1日至3日放假调休，共3天。2011年12月31日（星期六）上班。",
            off(&["2012-01-01", "2012-01-02", "2012-01-03"]),
            work(&["2011-12-31"]),
        ),
        (2023, "12月31日至2023年1月2日放假，共3天。", off(&["2022-12-31", "2023-01-01", "2023-01-02"]), work(&[])),
        (
            2010,
            "2月13日至14日放假公休，共2天。2月20日（星期六）、21日（星期日）上班。",
            off(&["2010-02-13", "2010-02-14"]),
            work(&["2010-02-20", "2010-02-21"]),
        ),
        (2021, "4月3日至5日放假调休，共3天，与周末连休。", off(&["2021-04-03", "2021-04-04", "2021-04-05"]), work(&[])),
        (2019, "4月5日（周五）放假，与周末连休，共3天。", off(&["2019-04-05"]), work(&[])),
        (
            2014,
            "5月2日（星期五）与5月4日（星期日）对调，5月1日放假。",
            off(&["2014-05-01", "2014-05-02"]),
            work(&["2014-05-04"]),
        ),
        (
            2020,
            "1月31日至2月2日放假，2月3日（星期一）起正常上班。",
            off(&["2020-01-31", "2020-02-01", "2020-02-02"]),
            work(&[]),
        ),
        (2017, "1月1日放假，1月2日（星期一）补休，不再调休。", off(&["2017-01-01", "2017-01-02"]), work(&[])),
    ] {
        let (found, problems) = days(year, text);
        assert_eq!(found, rest.into_iter().chain(worked).collect(), "{text}");
        assert_eq!(problems, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn contradictions_and_what_is_not_understood_are_told_with_their_line() {
    for (from, to, line, said) in [
        ("1月4日（周日）上班", "1月4日（周六）上班", 6, "元旦：2026年1月4日写成星期六，实际是星期日"),
        ("1月4日（周日）上班", "1月5日上班", 6, "元旦：2026年1月5日是星期一，本来就是工作日，不需要调休上班"),
        ("共9天", "共8天", 7, "春节：写的是8天，按日期数是9天"),
        ("4月4日（周六）至6日", "4月4日（周六）至31日", 8, "清明节：2026年4月没有31日"),
        ("5月9日（周六）上班", "5月5日上班", 9, "劳动节：2026年5月5日既写为放假又写为上班"),
        ("6月19日（周五）至21日（周日）放假，共3天。", "另行通知。", 10, "“端午节”没有读到放假或者上班的日期"),
        ("9月25日（周五）至27日（周日）", "9月27日（周日）至25日（周五）", 11, "截止日期早于起始日期"),
        ("10月10日（周六）上班", "10月10日（周六）另议", 12, "国庆节：没有看懂2026年9月20日是放假还是上班"),
        ("10月1日（周四）至7日（周三）", "2027年10月1日至7日", 12, "国庆节：2027年10月1日不在2026年"),
        ("10月10日（周六）上班", "10月10日（周六）公休日调至下周", 12, "没有读到调到哪一天"),
        ("1月4日（周日）上班", "1月5日（周一）公休日调至1月6日（周二）", 6, "不是公休日，不能“调至”别的日子"),
        ("1月1日（周四）至3日（周六）放假调休，共3天", "1月1日请各单位自行掌握，1月2日放假", 6, "没有看懂2026年1月1日"),
        (
            "2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天",
            "春节假期延长至2月23日",
            7,
            "写了“延长至”",
        ),
        ("1月1日（周四）至3日（周六）放假调休，共3天", "3日放假", 6, "“3日”没有写明月份"),
    ] {
        assert!(WHOLE.contains(from), "{from}");
        let read = read_arrangement(&WHOLE.replacen(from, to, 1), Some(2026));
        assert!(!read.is_sound(), "{to}");
        let problems: Vec<String> = read.problems.iter().map(ArrangementProblem::sentence).collect();
        assert!(
            problems.iter().any(|problem| problem.starts_with(&format!("第{line}行：")) && problem.contains(said)),
            "{to}: {problems:?}"
        );
    }
}

#[test]
fn a_prolonged_holiday_is_not_taken_for_something_else() {
    let text = "国务院办公厅关于延长2020年春节假期的通知\n一、延长2020年春节假期至2月2日（农历正月初九，星期日），2月3日（星期一）起正常上班。\n\
                二、学校推迟开学，具体时间另行通知。";
    let read = read_arrangement(text, None);
    let found: Vec<_> =
        read.arrangement.iter().flat_map(YearArrangement::days).map(|(date, off, _)| (date.to_string(), off)).collect();
    assert_eq!(found, [("2020-02-02".to_owned(), true)]);
    assert_eq!(read.problems.len(), 1, "{:?}", read.problems);
    assert!(read.problems[0].sentence().starts_with("第2行：写了“延长至”，没有写从哪一天起"), "{:?}", read.problems);
}

#[test]
fn the_year_is_told_or_asked_for_and_never_guessed() {
    let refused = read_arrangement("一、元旦：1月1日放假。", None);
    assert_eq!(refused.arrangement, None);
    assert!(refused.problems[0].message.contains("没有读出这是哪一年的安排"));
    let other = read_arrangement(WHOLE, Some(2027));
    assert!(other.problems[0].message.contains("文中是2026年的安排，要录入的是2027年") || !other.is_sound());
    assert!(!other.is_sound());
    let half = read_arrangement(&WHOLE[..WHOLE.find("五、端午节").unwrap()], None);
    let missing: Vec<String> = half.problems.iter().map(ArrangementProblem::sentence).collect();
    assert_eq!(missing.len(), 3, "{missing:?}");
    assert!(missing[0].contains("没有读到“端午”的安排") && half.is_sound());
}

proptest! {
    #[test]
    fn what_is_written_in_the_usual_sentence_is_read_back(
        year in 2008..2090_i16, month in 1..=11_i8, day in 1..=20_i8, length in 1..=9_i8, work in 1..=28_i8,
    ) {
        let from = jiff::civil::Date::constant(year, month, day);
        let to = from.checked_add(jiff::Span::new().days(length - 1)).unwrap();
        let work = jiff::civil::Date::constant(year, 12, work);
        let text = format!("{}月{}日（{}）至{}月{}日（{}）放假调休，共{length}天。{}月{}日（{}）上班。",
            from.month(), from.day(), chinese_weekday(from.weekday()), to.month(), to.day(), chinese_weekday(to.weekday()),
            work.month(), work.day(), chinese_weekday(work.weekday()));
        let read = read_arrangement(&text, Some(year));
        let arrangement = read.arrangement.unwrap();
        let off: Vec<_> = arrangement.days().filter(|(_, off, _)| *off).map(|(date, ..)| date).collect();
        prop_assert_eq!(off.first().copied(), Some(from));
        prop_assert_eq!((off.last().copied(), off.len()), (Some(to), usize::try_from(length).unwrap()));
        let worked: Vec<_> = arrangement.days().filter(|(_, off, _)| !off).map(|(date, ..)| date).collect();
        // December is told from the December before by the day of the week, or lies where January is not spoken of.
        prop_assert!(worked.len() == 1 && (month == 1 || worked[0] == work));
        let weekend = work.weekday().to_monday_zero_offset() >= 5;
        prop_assert_eq!(read.problems.iter().all(|problem| !problem.serious), weekend || month == 1 && read.problems.is_empty());
    }
}
