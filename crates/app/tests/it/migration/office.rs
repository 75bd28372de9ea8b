//! An office with an old site of its own making.

use std::io::{Cursor, Write};

use app::{
    AppError,
    migration::{self, ColumnChoice, MigrationView, NewMigration, PageFilter},
    old_address::{self, Answer},
    review,
};
use bytes::Bytes;
use domain::{
    actor::Actor,
    column::Column,
    duty::Duty,
    ids::MigrationId,
    migration::{MigrationState, OldPage, OldPageKind},
    site::Site,
};
use testkit::{TestApp, TestDb};

pub const HOST: &str = "www.old-shili.gov.cn";

pub struct Office {
    pub test: TestApp,
    pub site: Site,
    pub news: Column,
    pub editor: Actor,
    pub reviewers: [Actor; 3],
    pub manager: Actor,
    pub stranger: Actor,
}

pub async fn office(db: TestDb) -> Office {
    let test = TestApp::on(db).await;
    let root = test.unit("root", None).await;
    let unit = test.unit("office", Some(&root)).await;
    let elsewhere = test.unit("elsewhere", Some(&root)).await;
    let site = test.site("qiqu", &unit).await;
    let news = test.column(&site, "news", "工作动态").await;
    Office {
        editor: test.person("editor", Duty::Editor, &unit).await,
        reviewers: [
            test.person("first", Duty::Reviewer1, &unit).await,
            test.person("second", Duty::Reviewer2, &unit).await,
            test.person("third", Duty::Reviewer3, &unit).await,
        ],
        manager: test.person("manager", Duty::SiteManager, &unit).await,
        stranger: test.person("stranger", Duty::Editor, &elsewhere).await,
        site,
        news,
        test,
    }
}

/// A page as old systems wrote them, in GBK whatever it claims.
pub fn article(number: usize, title: &str, text: &str) -> Vec<u8> {
    let page = format!(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><title>{title}_示例旗</title></head>\
         <body><div class=\"nav\"><a href=\"/\">首页</a><a href=\"/dt/\">动态</a></div>\
         <div class=\"pos\">您的位置：<a href=\"/\">首页</a> &gt; <a href=\"/dt/\">新闻动态</a></div>\
         <h1>{title}</h1><div class=\"info\">发布时间：2019-03-{:02} 09:30　来源：示例旗政府办公室</div>\
         <div class=\"content\"><p>{text}</p><p>会议就示例工作作了安排，要求各单位按时完成任务，并在月底前报送情况。</p>\
         <p><img src=\"/images/tu.png\" alt=\"示例\"></p>\
         <p>附件：<a href=\"/files/biao.txt\">示例表.txt</a></p></div>\
         <div class=\"foot\">主办：示例旗人民政府</div></body></html>",
        number % 28 + 1
    );
    encoding_rs::GBK.encode(&page).0.into_owned()
}

/// One pixel.
pub fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(1, 1).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub fn list(count: usize) -> Vec<u8> {
    let items: String = (1..=count)
        .map(|number| format!("<li><a href=\"/dt/{number}.html\">示例旗召开第{number}次工作会议</a><span>2019-03-{number:02}</span></li>"))
        .collect();
    let page = format!(
        "<html><head><title>新闻动态_示例旗</title></head><body><div class=\"pos\">您的位置：<a href=\"/\">首页</a> &gt; <a href=\"/dt/\">新闻动态</a></div>\
         <ul class=\"list\">{items}</ul></body></html>"
    );
    encoding_rs::GBK.encode(&page).0.into_owned()
}

pub fn site_zip(count: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(format!("{HOST}/{name}"), options).unwrap();
        zip.write_all(bytes).unwrap();
    };
    put("index.html", &list(count));
    put("dt/index.html", &list(count));
    for number in 1..=count {
        let title = format!("示例旗召开第{number}次工作会议");
        put(
            &format!("dt/{number}.html"),
            &article(number, &title, &format!("三月{number}日，示例旗召开第{number}次会议，研究部署重点工作。")),
        );
    }
    // The last article once more, elsewhere.
    let title = format!("示例旗召开第{count}次工作会议");
    let text = format!("三月{count}日，示例旗召开第{count}次会议，研究部署重点工作。");
    put("zt/again.html", &article(count, &title, &text));
    put("images/tu.png", &picture());
    put("files/biao.txt", "示例表格\n第一行\n".as_bytes());
    put("files/unused.txt", "没有页面引用的文件\n".as_bytes());
    put("css/style.css", b"body{color:red}");
    zip.finish().unwrap().into_inner()
}

pub fn from_zip(bytes: Vec<u8>) -> NewMigration {
    NewMigration {
        address: format!("http://{HOST}/"),
        file: Some(("old.zip".into(), Bytes::from(bytes))),
        ..NewMigration::default()
    }
}

impl Office {
    pub async fn begin(&self, new: NewMigration) -> MigrationId {
        let begun = migration::create(&self.test.app, &self.editor, self.site.id, new).await.unwrap();
        self.test.settle().await;
        begun.id
    }

    pub async fn show(&self, id: MigrationId) -> MigrationView {
        migration::show(&self.test.app, &self.editor, id).await.unwrap()
    }

    pub async fn pages(&self, id: MigrationId, kinds: &[OldPageKind]) -> Vec<OldPage> {
        let filter = PageFilter { kinds: kinds.to_vec(), ..PageFilter::default() };
        migration::pages(&self.test.app, &self.editor, id, &filter, 0, 1000).await.unwrap().0
    }

    /// Every old column into the one new column.
    pub async fn map_all(&self, id: MigrationId) {
        let (rows, _) = migration::columns(&self.test.app, &self.editor, id).await.unwrap();
        let choices: Vec<ColumnChoice> = rows
            .into_iter()
            .map(|row| ColumnChoice {
                key: row.column.key,
                decision: "move".into(),
                target: self.news.id.to_string(),
                kind: "article".into(),
                reason: String::new(),
            })
            .collect();
        migration::decide_columns(&self.test.app, &self.editor, id, &choices).await.unwrap();
    }

    pub async fn try_out(&self, id: MigrationId) {
        migration::start_trial(&self.test.app, &self.editor, id).await.unwrap();
        self.test.settle().await;
        assert_eq!(self.show(id).await.row.migration.state, MigrationState::Tried);
    }

    /// Reviews the sample one by one and passes the rest, step by step.
    pub async fn review_all(&self, id: MigrationId) {
        for (reviewer, position) in self.reviewers.iter().zip(1..) {
            let batch = migration::batch(&self.test.app, reviewer, id).await.unwrap();
            if let Some(step) = batch.steps.iter().find(|step| step.position == position)
                && step.single > 0
            {
                let early = migration::pass_rest(&self.test.app, reviewer, id, position, "").await.unwrap_err();
                assert!(matches!(early, AppError::Conflict(_)), "{early}");
            }
            for one in batch.single.iter().filter(|one| one.waits_at.is_some()) {
                let reviews = store::review::of_edition(&self.test.db.store.read(), one.edition).await.unwrap();
                let step = reviews[0].current_step().unwrap().id;
                review::pass(&self.test.app, reviewer, reviews[0].id, step, None).await.unwrap();
            }
            match migration::pass_rest(&self.test.app, reviewer, id, position, "").await {
                Ok((_, refused)) => assert!(refused.is_empty(), "{refused:?}"),
                Err(AppError::Conflict(said)) => assert!(said.contains("没有等待您审核"), "{said}"),
                Err(other) => panic!("{other}"),
            }
        }
        self.test.settle().await;
    }

    pub async fn answer(&self, path: &str) -> Answer {
        old_address::answer(&self.test.app, HOST, path, None)
            .await
            .unwrap()
            .unwrap_or_else(|| panic!("{path} answers nothing"))
    }
}
