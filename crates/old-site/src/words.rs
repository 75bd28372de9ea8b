//! Invented words of an invented banner. Nothing here names a real person, place or document.

pub(crate) const BANNER: &str = "示例旗";
pub(crate) const SITE_NAME: &str = "示例旗人民政府";
/// Six digits of no division and a serial: issued to nobody.
pub(crate) const SITE_CODE: &str = "1501990001";
pub(crate) const ICP: &str = "蒙ICP备00000000号-1（示例）";
pub(crate) const POLICE: &str = "蒙公网安备15019902000001号（示例）";

pub(crate) const TOPICS: &[&str] = &[
    "春季义务植树",
    "农牧业机械安全检查",
    "城乡居民基本医疗保险参保",
    "森林草原防火",
    "中小学教室采暖改造",
    "嘎查道路硬化",
    "奶业振兴",
    "就业援助月",
    "重大动物疫病防控",
    "政务公开",
    "安全生产专项整治",
    "节水灌溉示范",
    "非物质文化遗产保护",
    "老旧小区改造",
    "乡村阅览室建设",
    "禁牧休牧",
    "冬春救助",
    "防汛备汛",
    "消费者权益保护",
    "不动产登记便民",
];
pub(crate) const ORGANS: &[&str] =
    &["人民政府办公室", "农牧局", "教育局", "卫生健康委员会", "应急管理局", "林业和草原局"];
pub(crate) const OPENINGS: &[&str] = &[
    "为进一步做好{topic}工作，现将有关事项通知如下。",
    "近日，{organ}组织召开{topic}工作推进会。",
    "按照年度工作安排，{organ}对{topic}情况进行了梳理。",
    "{topic}工作关系群众切身利益，各苏木镇要高度重视。",
];
pub(crate) const SENTENCES: &[&str] = &[
    "各苏木镇、各部门要明确责任人，细化措施，按时完成。",
    "{organ}将会同有关部门开展督促检查，发现问题及时整改。",
    "全年计划完成{number}处，目前已完成过半。",
    "请符合条件的农牧民携带本人有效证件到所在嘎查委员会登记。",
    "对工作不落实、进展缓慢的单位，予以通报。",
    "今年以来，全旗累计投入资金{number}万元用于{topic}。",
    "各单位要广泛宣传，使政策家喻户晓。",
    "工作中遇到的情况和问题，请及时报告{organ}。",
    "有关材料请于规定日期前报送，逾期视为放弃。",
    "下一步，将继续完善制度，巩固{topic}成果。",
    "受益群众达到{number}户，满意度逐年提高。",
    "现场会上，与会人员实地查看了{number}个示范点。",
    "要坚持问题导向，逐项销号，做到件件有着落。",
    "本通知自印发之日起施行。",
];
pub(crate) const STEPS: &[&str] = &["申请", "受理", "审查", "决定", "送达"];
