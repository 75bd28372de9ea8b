use super::*;

#[test]
fn official_forms_are_read() {
    use DocumentNumberForm::{Announcement, Numbered, Order};
    for (typed, form, organ, year, serial) in [
        ("内政办字〔2021〕45号", Numbered, "内政办字", Some(2021), 45),
        ("国办发明电〔2021〕4号", Numbered, "国办发明电", Some(2021), 4),
        ("厅字〔2020〕5号", Numbered, "厅字", Some(2020), 5),
        ("内政办发电〔2021〕4号", Numbered, "内政办发电", Some(2021), 4),
        ("公告〔2024〕151号", Numbered, "公告", Some(2024), 151),
        ("署令〔2024〕272号", Numbered, "署令", Some(2024), 272),
        ("税委会公告〔2023〕第10号", Numbered, "税委会公告", Some(2023), 10),
        ("中国人民银行令〔2019〕第1号", Order, "中国人民银行令", Some(2019), 1),
        ("中国人民银行令〔2019〕第二〇号", Order, "中国人民银行令", Some(2019), 20),
        ("国令第711号", Order, "国令", None, 711),
        ("中华人民共和国主席令第三号", Order, "中华人民共和国主席令", None, 3),
        ("主席令第八十八号", Order, "主席令", None, 88),
        ("主席令2023年第九号", Order, "主席令", Some(2023), 9),
        ("商务部令2019年第1号", Order, "商务部令", Some(2019), 1),
        ("第14号令", Order, "令", None, 14),
        ("国家税务总局第14号令", Order, "国家税务总局令", None, 14),
        ("示例局公告2021年第3号", Announcement, "示例局公告", Some(2021), 3),
        ("国家税务总局公告2019年第13号", Announcement, "国家税务总局公告", Some(2019), 13),
        ("国家税务总局2019年第13号公告", Announcement, "国家税务总局公告", Some(2019), 13),
        ("2019年第13号", Announcement, "", Some(2019), 13),
        (
            "内蒙古自治区第十三届人民代表大会常务委员会公告第十号",
            Announcement,
            "内蒙古自治区第十三届人民代表大会常务委员会公告",
            None,
            10,
        ),
        ("人民代表大会常务委员会公告〔十四届〕第三号", Announcement, "人民代表大会常务委员会公告", None, 3),
        ("中华人民共和国国务院、中央军事委员会令第194号", Order, "中华人民共和国国务院、中央军事委员会令", None, 194),
    ] {
        let number = DocumentNumber::parse(typed).unwrap();
        assert_eq!(number.as_str(), typed);
        assert_eq!(number.form(), form, "{typed}");
        assert_eq!(number.organ_mark(), organ, "{typed}");
        assert_eq!((number.year(), number.serial()), (year, Some(serial)), "{typed}");
    }
}

#[test]
fn blanks_and_width_are_forgiven_but_joint_organs_stay_apart() {
    for (typed, canonical) in [
        (" 内政办字〔２０２１〕 45 号", "内政办字〔2021〕45号"),
        ("内政办 字〔2021〕45号", "内政办字〔2021〕45号"),
        ("国 令 第711号", "国令第711号"),
        ("财政部 税务总局公告2019年第39号", "财政部 税务总局公告2019年第39号"),
        ("财政部\u{3000}税务总局\u{3000}海关总署公告2019年第39号", "财政部 税务总局 海关总署公告2019年第39号"),
        ("财政部 公告 2019年 第39号", "财政部公告2019年第39号"),
        ("生态环境部 国家发展改革委令 第15号", "生态环境部 国家发展改革委令第15号"),
    ] {
        let number = DocumentNumber::parse(typed).unwrap();
        assert_eq!(number.as_str(), canonical);
        assert_eq!(DocumentNumber::parse(canonical).unwrap(), number);
    }
}

#[test]
fn wrong_forms_are_refused_with_the_corrected_number() {
    for (typed, said) in [
        ("内政办字[2021]45号", "六角括号"),
        ("内政办字（2021）45号", "六角括号"),
        ("内政办字【2021】45号", "六角括号"),
        ("内政办字〔2021]45号", "六角括号"),
        ("内政办字﹝2021﹞45号", "六角括号"),
        ("内政办字《2021》45号", "六角括号"),
        ("内政办字〔2021〕045号", "虚位"),
        ("内政办字〔2021〕第45号", "第"),
        ("内政办字〔2021〕45", "少了“号”"),
        ("内政办字〔2021年〕45号", "不写“年”"),
        ("内政办字[2021]第045", "六角括号"),
        ("内政办字〔21〕45号", "4位年份"),
        ("内政办字〔二〇二一〕45号", "阿拉伯数字"),
        ("内政办字〔2O2l〕45号", "混入了字母"),
        ("内政办字〔2021〕四十五号", "阿拉伯数字"),
        ("内政办字〔2021〕45号文", "不写“文”"),
        ("内政办字2021年45号", "括起来"),
        ("内政办字2021-45号", "括起来"),
        ("内政办字2021 45 号", "括起来"),
    ] {
        let error = DocumentNumber::parse(typed).unwrap_err();
        assert!(error.message.contains(said), "{typed}: {error}");
        assert_eq!(error.suggestion.as_deref(), Some("内政办字〔2021〕45号"), "{typed}");
        assert_eq!(DocumentNumber::correct(typed), DocumentNumber::parse("内政办字〔2021〕45号").ok());
    }
}

#[test]
fn wrong_orders_and_announcements_get_their_corrected_number() {
    for (typed, said, suggestion) in [
        ("国务院令（第711号）", "不加括号", "国务院令第711号"),
        ("国令711号", "少了“第”", "国令第711号"),
        ("国令第711号令", "写了两次", "国令第711号"),
        ("国令第711", "少了“号”", "国令第711号"),
        ("国令第0711号", "虚位", "国令第711号"),
        ("海关总署公告2015年57号", "少了“第”", "海关总署公告2015年第57号"),
        ("中国人民银行令[2019]第1号", "六角括号", "中国人民银行令〔2019〕第1号"),
        ("常务委员会公告（十三届）第十号", "六角括号", "常务委员会公告〔十三届〕第十号"),
        ("主席令第一百○三号", "〇", "主席令第一百〇三号"),
    ] {
        let error = DocumentNumber::parse(typed).unwrap_err();
        assert!(error.message.contains(said), "{typed}: {error}");
        assert_eq!(error.suggestion.as_deref(), Some(suggestion), "{typed}");
        assert!(DocumentNumber::parse(suggestion).is_ok(), "{suggestion}");
    }
}

#[test]
fn what_cannot_be_understood_gets_no_guess() {
    for typed in [
        "",
        "45号",
        "〔2021〕45号",
        "内政办字〔2021〕号",
        "内政办字〔2021〕0号",
        "abc〔2021〕4号",
        "内〔1890〕4号",
        "内政办字〔3021〕4号",
        "令第号",
        "令第3号",
        "第3号",
        "国令第十十号",
        "国家税务总局2019年第13号",
        "内政办字〔2021〕45号、内政办字〔2021〕46号",
        "关于印发管理办法的通知",
    ] {
        let error = DocumentNumber::parse(typed).unwrap_err();
        assert_eq!(error.suggestion, None, "{typed}: {error}");
    }
}
