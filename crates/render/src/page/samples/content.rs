//! Example articles, interpretations and policies.

use jiff::civil::date;

use super::{at, id, interpretation_column, news_column, policy_column};
use crate::page::{AttachmentLink, ContentPage, PolicyElements, PolicyPage, RelatedLink, Validity};
use crate::path;

const ARTICLE: &str = "<p>11月23日，全区优化营商环境工作推进会以视频形式召开。会议总结今年以来工作，部署下一阶段重点任务。（示例内容）</p>\
<p>会议指出，要坚持问题导向，聚焦企业和群众反映集中的事项，逐项明确责任单位和完成时限：</p>\
<ol><li>精简申请材料，能够通过数据共享取得的，不再要求提供；</li><li>压缩办理时限，即办件当场办结；</li><li>统一办事指南，做到线上线下一个标准。</li></ol>\
<h2>三项重点任务</h2>\
<p>各盟市、各部门要在年底前完成下表所列任务，并在本单位网站公布进展情况。</p>\
<table><caption>重点任务分工（示例）</caption><thead><tr><th>任务</th><th>责任单位</th><th>完成时限</th></tr></thead>\
<tbody><tr><td>公布办事指南</td><td>各有关部门</td><td>2026-11-30</td></tr><tr><td>清理重复证明</td><td>示例自治区政务服务局</td><td>2026-12-20</td></tr>\
<tr><td>开通网上受理</td><td colspan=\"2\">各盟市，2026-12-31 前分批完成</td></tr></tbody></table>\
<blockquote><p>“少跑一次路，就是多一份便利。”一位参会的窗口工作人员说。</p></blockquote>\
<p>会议要求，加强督促检查，对落实不力的及时通报。</p>";

const POLICY: &str = "<p class=\"no-indent\">各盟行政公署、市人民政府，自治区各委、办、厅、局：</p>\
<p>为进一步规范政府网站管理，提高网上履职能力和服务水平，经自治区人民政府同意，现就有关事项通知如下。（示例内容）</p>\
<h2>一、总体要求</h2><p>坚持以人民为中心，把政府网站建设成为更加全面的政务公开平台、更加权威的政策发布解读平台、更加便捷的政务服务平台。</p>\
<h2>二、重点任务</h2><h3>（一）规范开办和整合</h3><p>一个单位原则上只开设一个网站。确需新开的，按规定程序报批。</p>\
<h3>（二）严格内容管理</h3><p>坚持分级审核、先审后发，明确审核主体和审核流程，严把政治关、法律关、政策关、保密关、文字关。</p>\
<h2>三、组织保障</h2><p>各地区、各部门要明确分管负责人和承办机构，配齐配强工作力量。</p>\
<p class=\"align-right\">示例自治区人民政府办公厅</p><p class=\"align-right\">2026年11月16日</p>\
<p>（此件公开发布）</p>";

fn attachments(page: &str) -> Vec<AttachmentLink> {
    [("政府网站管理任务分工表（示例）.xlsx", 48_213), ("年度报表格式（示例）.docx", 1_830_400)]
        .into_iter()
        .map(|(name, size)| AttachmentLink { name: name.into(), path: path::attachment(page, name), size })
        .collect()
}

fn the_policy() -> RelatedLink {
    RelatedLink {
        id: id(10_061),
        title: "示例自治区人民政府办公厅关于进一步规范政府网站管理工作的通知（示例）".into(),
        path: path::content("2026-11", 61),
        published_at: at(11, 18, 10, 0),
        document_number: Some("示政办发〔2026〕41号".into()),
    }
}

fn the_interpretation() -> RelatedLink {
    RelatedLink {
        id: id(10_036),
        title: "《进一步规范政府网站管理工作的通知》有哪些新要求（示例）".into(),
        path: path::content("2026-11", 36),
        published_at: at(11, 19, 11, 0),
        document_number: None,
    }
}

pub(in crate::page) fn content_pages() -> Vec<(&'static str, ContentPage)> {
    let page = path::content("2026-11", 90);
    let article = ContentPage {
        attachments: attachments(&page),
        path: page,
        id: id(10_090),
        column: news_column(),
        title: "全区优化营商环境工作推进会召开，部署一批便民利企新举措（示例）".into(),
        subtitle: None,
        published_at: at(11, 23, 9, 30),
        source: "示例自治区人民政府办公厅".into(),
        original_url: None,
        author: Some("示例记者".into()),
        editor: Some("示例编辑".into()),
        keywords: Some("营商环境,便民利企".into()),
        summary: Some("会议部署精简材料、压缩时限、统一指南三项任务。".into()),
        image: None,
        map_approval_number: None,
        body: ARTICLE.into(),
        related: vec![the_interpretation()],
        is_interpretation: false,
    };
    let interpretation = ContentPage {
        path: path::content("2026-11", 36),
        id: id(10_036),
        column: interpretation_column(),
        title: the_interpretation().title,
        subtitle: Some("——示例自治区人民政府办公厅负责人答记者问".into()),
        attachments: vec![],
        related: vec![the_policy()],
        is_interpretation: true,
        ..article.clone()
    };
    let bare = ContentPage {
        path: path::content("2026-11", 8),
        author: None,
        editor: None,
        keywords: None,
        summary: None,
        attachments: vec![],
        related: vec![],
        body: "<p>正文只有一句话。（示例）</p>".into(),
        ..article.clone()
    };
    let reprint = ContentPage {
        path: path::content("2026-11", 9),
        title: "转载：一个带有 <标签> & \"引号\" 的标题，以及一幅示意地图（示例）".into(),
        original_url: Some("https://www.gov.cn/".into()),
        image: Some("content/2026-11/9/示意 图.png".into()),
        map_approval_number: Some("蒙S(2026)001号".into()),
        ..article.clone()
    };
    vec![("article", article), ("interpretation", interpretation), ("bare", bare), ("reprint", reprint)]
}

pub(in crate::page) fn policy_pages() -> Vec<(&'static str, PolicyPage)> {
    let page = path::content("2026-11", 61);
    let elements = PolicyElements {
        index_number: Some("990000001/2026-00041".into()),
        subject_class: Some("综合政务\\政务公开".into()),
        issuer: Some("示例自治区人民政府办公厅".into()),
        written_on: Some(date(2026, 11, 16)),
        document_number: Some("示政办发〔2026〕41号".into()),
        subject_words: None,
        validity: Some(Validity::InForce),
        effective_on: Some(date(2026, 12, 1)),
        repealed_on: None,
        open_mode: Some("主动公开".into()),
    };
    let policy = PolicyPage {
        attachments: attachments(&page),
        path: page,
        id: id(10_061),
        column: policy_column(),
        title: the_policy().title,
        published_at: at(11, 18, 10, 0),
        source: "示例自治区人民政府办公厅".into(),
        author: None,
        editor: Some("示例编辑".into()),
        keywords: Some("政府网站,政务公开".into()),
        summary: None,
        map_approval_number: None,
        elements,
        body: POLICY.into(),
        interpretations: vec![the_interpretation()],
        related: vec![],
    };
    let repealed = PolicyPage {
        path: path::content("2026-11", 57),
        elements: PolicyElements {
            validity: Some(Validity::Repealed),
            repealed_on: Some(date(2026, 11, 18)),
            ..policy.elements.clone()
        },
        related: vec![the_policy()],
        interpretations: vec![],
        ..policy.clone()
    };
    let bare = PolicyPage {
        path: path::content("2026-11", 56),
        elements: PolicyElements::default(),
        editor: None,
        keywords: None,
        attachments: vec![],
        interpretations: vec![],
        ..policy.clone()
    };
    vec![("in-force", policy), ("repealed", repealed), ("bare", bare)]
}
