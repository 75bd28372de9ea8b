//! Phrases that pages in Chinese carry around an article, whatever system made them.

/// Without white space.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Short blocks that are buttons and remarks, not text.
pub(super) fn is_furniture(text: &str) -> bool {
    if text.len() > 240 {
        return false;
    }
    let text = squeezed(text);
    let bare = text.trim_matches(|c: char| "[]【】〖〗()（）|·>＞<＜《》-—:：!！。.".contains(c));
    const WHOLE: &[&str] = &[
        "打印",
        "打印本页",
        "打印文章",
        "打印此页",
        "打印页面",
        "关闭",
        "关闭窗口",
        "关闭本页",
        "关闭页面",
        "收藏",
        "收藏本页",
        "加入收藏",
        "分享",
        "分享到",
        "分享至",
        "分享本页",
        "纠错",
        "我要纠错",
        "返回顶部",
        "返回",
        "回到顶部",
        "回顶部",
        "字号",
        "字体",
        "大中小",
        "字号大中小",
        "字体大中小",
        "字号：大中小",
        "字体：大中小",
        "扫一扫在手机打开当前页",
        "扫一扫在手机上查看当前页面",
        "扫一扫",
        "微信扫一扫",
        "扫码分享",
        "点击返回列表",
        "返回列表",
        "保存",
        "复制链接",
        "点赞",
        "举报",
        "评论",
        "我要评论",
        "发表评论",
        "阅读原文",
        "展开全文",
        "查看全文",
        "打印|关闭",
        "打印关闭",
        "上一篇",
        "下一篇",
        "上一页",
        "下一页",
        "相关附件下载",
        "PlayVideo",
        "视频加载中",
        "广告",
        "微信",
        "微博",
        "QQ空间",
        "新浪微博",
        "朋友圈",
        "QQ好友",
        "语音播报",
        "无障碍",
        "繁體",
        "简体",
        "责编",
        "更多",
        "分享让更多人看到",
    ];
    if bare.is_empty() {
        return false;
    }
    if WHOLE.contains(&bare) {
        return true;
    }
    const BEGINNING: &[&str] = &[
        "扫一扫在手机",
        "扫描二维码",
        "手机扫一扫",
        "用微信扫",
        "微信扫一扫",
        "打开微信",
        "分享到：",
        "分享到:",
        "上一篇：",
        "上一篇:",
        "下一篇：",
        "下一篇:",
        "上一条：",
        "上一条:",
        "下一条：",
        "下一条:",
        "浏览次数：",
        "浏览次数:",
        "浏览量：",
        "点击数：",
        "点击数:",
        "访问量：",
        "阅读次数：",
        "责任编辑：",
        "责任编辑:",
        "责编：",
        "责编:",
        "网站编辑：",
        "编辑：",
        "字号：",
        "字体：",
        "字体:",
        "【字体",
        "【字号",
        "[字体",
        "[字号",
        "【打印",
        "[打印",
        "您是第",
        "当前位置",
        "您的位置",
        "您现在的位置",
        "阅读下一篇",
        "[责任编辑",
        "【责任编辑",
        "[责编",
        "(责编",
        "（责编",
        "(责任编辑",
        "（责任编辑",
        "【纠错】",
        "[纠错]",
        "点击查看更多",
        "点击进入专题",
        "本文网址",
        "本文链接",
        "本页网址",
        "打印本页",
        "关闭窗口",
        "【关闭",
        "[关闭",
        "信息来源：",
        "打印】",
    ];
    let length = bare.chars().count();
    if text.contains("二维码") && (text.contains("关注") || text.contains("扫描")) && length <= 60 {
        return true;
    }
    length <= 60 && BEGINNING.iter().any(|beginning| text.starts_with(beginning) || bare.starts_with(beginning))
}

/// A line of time, source and the like under a title.
pub(super) fn is_information_line(text: &str) -> bool {
    if text.len() > 420 {
        return false;
    }
    let line = text;
    let text = squeezed(text);
    const LABELS: &[&str] = &[
        "来源：",
        "来源:",
        "发布时间",
        "发布日期",
        "时间：",
        "日期：",
        "作者：",
        "作者:",
        "浏览次数",
        "点击数",
        "访问量",
        "字号",
        "字体",
        "信息来源",
        "发布机构",
        "稿源",
        "阅读量",
        "浏览量",
        "点击：",
        "阅读：",
        "更新时间",
        "发稿时间",
        "编辑：",
        "发布者",
        "发布人",
        "撰稿",
    ];
    let labels = LABELS.iter().filter(|label| text.starts_with(**label) || has_label(line, &text, label)).count();
    // 时间 and 地点 of a meeting are what the notice is about.
    let sentence = text.contains(['。', '；']) || text.contains("地点");
    // A day of its own, or with a known label: 会议时间： is neither.
    let dated = super::date::find(&text).is_some_and(|(_, range)| {
        labels > 0 || range.len() * 5 > text.len() && !text[..range.start].ends_with(['：', ':'])
    });
    !sentence && (labels >= 2 || labels >= 1 && text.chars().count() <= 40 || dated && text.chars().count() <= 40)
}

/// Does the label stand there as a word? 会议时间： and 收入来源： are others.
fn has_label(line: &str, squeezed: &str, label: &str) -> bool {
    if !label.ends_with(['：', ':']) {
        return squeezed.contains(label);
    }
    line.match_indices(label)
        .any(|(at, _)| line[..at].chars().next_back().is_none_or(|before| !matches!(before, '\u{4E00}'..='\u{9FFF}')))
}

/// A heading after which only links to other articles come.
pub(super) fn begins_tail(text: &str) -> bool {
    if text.len() > 90 {
        return false;
    }
    let text = squeezed(text);
    let bare = text.trim_matches(|c: char| "[]【】〖〗()（）|·>＞<＜-—:：!！。.".contains(c));
    const WHOLE: &[&str] = &[
        "相关阅读",
        "相关新闻",
        "相关文章",
        "相关链接",
        "相关报道",
        "相关信息",
        "相关稿件",
        "相关推荐",
        "相关内容",
        "推荐阅读",
        "延伸阅读",
        "热门推荐",
        "热点新闻",
        "热门文章",
        "热门新闻",
        "猜你喜欢",
        "为您推荐",
        "精彩推荐",
        "更多推荐",
        "最新文章",
        "更多新闻",
        "大家都在看",
        "网友评论",
        "发表评论",
        "最新评论",
        "全部评论",
        "热门评论",
        "相关专题",
        "新闻排行",
        "点击排行",
        "友情链接",
        "相关解读",
        "相关政策",
        "相关文件",
        "相关资讯",
        "热搜",
        "特别声明",
        "免责声明",
        "精彩图片",
        "今日热点",
        "热点推荐",
        "推荐",
        "关联阅读",
        "回应",
    ];
    WHOLE.contains(&bare)
}

/// Headings that articles have, too.
pub(super) fn may_head_a_section(text: &str) -> bool {
    matches!(
        squeezed(text).as_str(),
        "相关政策" | "相关文件" | "相关解读" | "相关信息" | "推荐" | "回应" | "特别声明" | "免责声明"
    )
}

/// Labels of the information table (索引号 and so on).
pub(super) fn begins_with_information_label(text: &str) -> bool {
    if text.len() > 400 {
        return false;
    }
    let start: String = text.chars().filter(|c| !c.is_whitespace()).take(12).collect();
    let start = start.trim_start_matches(['【', '[', '■', '·', '●']);
    const LABELS: &[&str] = &[
        "索引号",
        "索取号",
        "信息索引",
        "主题分类",
        "发文机关",
        "发文单位",
        "发布机构",
        "发布单位",
        "成文日期",
        "成文时间",
        "发文日期",
        "发文字号",
        "发文号",
        "文号",
        "文件编号",
        "发布日期",
        "发布时间",
        "公开日期",
        "有效性",
        "时效",
        "效力",
        "主题词",
        "生成日期",
        "公开方式",
        "公开范围",
        "公文种类",
        "体裁分类",
        "组配分类",
        "信息分类",
        "信息名称",
        "公开时限",
        "公开责任部门",
        "制发机关",
        "所属机构",
        "废止日期",
        "生效日期",
        "实施日期",
        "服务对象分类",
        "分类",
    ];
    LABELS.iter().any(|label| start.starts_with(label))
}
