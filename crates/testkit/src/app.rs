//! The whole application on a test database: units, people and sites in one line each.

use std::sync::Arc;

use app::{App, AppParts, Renderer, files::Files, person::password::PasswordCost};
use domain::{
    actor::{Actor, HeldDuty, Origin},
    column::Column,
    division::{Division, DivisionLevel},
    duty::Duty,
    ids::UnitId,
    person::Appointment,
    review_chain::{ChainScope, ChainStep, ReviewChain},
    site::{Site, SiteState},
    unit::{Unit, UnitKind, UnitStatus, unit_path},
};
use store::person::NewPerson;
use tempfile::TempDir;

use crate::{TestDb, identifier};

/// Password of every person made here.
pub const TEST_PASSWORD: &str = "Test-Password-1";

/// The application, its database and its files; all disappear with this value.
pub struct TestApp {
    /// The verbs' context.
    pub app: App,
    /// The database below it.
    pub db: TestDb,
    _files: TempDir,
}

/// The door to other servers, which in tests may also ask this machine.
pub fn local_fetcher(clock: Arc<dyn domain::time::Clock>) -> Arc<dyn fetch::Fetch> {
    let allow = vec!["127.0.0.0/8".parse().expect("a network")];
    let settings = fetch::FetchSettings { allow, ..fetch::FetchSettings::default() };
    Arc::new(fetch::Fetcher::new(settings, clock).expect("a fetcher"))
}

impl TestApp {
    /// The application on a fresh database, with the region's division and nothing else.
    pub async fn on(db: TestDb) -> Self {
        let files = tempfile::Builder::new().prefix("zhengtong-files-").tempdir().expect("a folder for files");
        let parts = AppParts {
            store: db.store.clone(),
            files: Files::open(&files.path().display().to_string()).expect("a file store"),
            clock: db.clock.clone(),
            // Another sequence than the database's own: with a standing clock, equal sequences would make equal keys.
            entropy: Arc::new(crate::TestEntropy::seeded(2)),
            renderer: Arc::new(Renderer::official().expect("the official theme")),
            rules: Arc::new(domain::rule::builtin::book().clone()),
            fetch: local_fetcher(db.clock.clone()),
        };
        let app = App::new(parts).expect("the policies load").with_password_cost(PasswordCost::FOR_TESTS);
        let region = Division {
            code: identifier("150000"),
            name: "示例自治区".into(),
            level: DivisionLevel::Region,
            kind: "自治区".into(),
            parent: None,
            short_name: "示例".into(),
            active: true,
        };
        let region = &region;
        app.store
            .write(|tx| async move {
                // Administrators log in with a password alone; the tests of the second factor set this to 1.
                store::setting::set(&tx, "login.admin_second_factor", 0, None).await?;
                store::division::insert_all(&tx, std::slice::from_ref(region)).await
            })
            .await
            .expect("the region's division");
        Self { app, db, _files: files }
    }

    /// A unit below `parent` (or the root).
    pub async fn unit(&self, code: &str, parent: Option<&Unit>) -> Unit {
        let id: UnitId = self.app.ids.fresh();
        let unit = Unit {
            id,
            code: code.into(),
            name: format!("{code}示例单位"),
            short_name: code.into(),
            kind: if parent.is_none() { UnitKind::GovernmentOffice } else { UnitKind::Department },
            division: identifier("150000"),
            parent: parent.map(|unit| unit.id),
            path: unit_path(parent.map_or("", |unit| unit.path.as_str()), id),
            administrative_sign: None,
            coordinator_role: None,
            organ_code: Some(identifier("11150000YL0000000X")),
            document_prefix: None,
            status: UnitStatus::Active,
            merged_into: None,
            lock_version: 1,
        };
        let row = &unit;
        self.app.store.write(|tx| async move { store::unit::insert(&tx, row).await }).await.expect("a unit");
        unit
    }

    /// A person with one duty at a unit, ready to act.
    pub async fn person(&self, login: &str, duty: Duty, unit: &Unit) -> Actor {
        self.person_with(login, &[(duty, unit)]).await
    }

    /// A person with several duties; the first unit is the home unit.
    pub async fn person_with(&self, login: &str, duties: &[(Duty, &Unit)]) -> Actor {
        let home = duties.first().expect("a person needs a unit").1;
        let hash = self.app.passwords.hash(self.app.entropy.as_ref(), TEST_PASSWORD).await.expect("a password hash");
        let new = NewPerson {
            id: self.app.ids.fresh(),
            login: login.into(),
            name: format!("{login}示例"),
            home_unit: home.id,
            phone: None,
            password_hash: hash,
            must_change_password: false,
        };
        let (new, ids) = (&new, &self.app.ids);
        self.app
            .store
            .write(|tx| async move {
                store::person::insert(&tx, new).await?;
                for (duty, unit) in duties {
                    let appointment = Appointment {
                        id: ids.fresh(),
                        person: new.id,
                        unit: unit.id,
                        duty: *duty,
                        granted_at: tx.now(),
                        granted_by: None,
                        ended_at: None,
                    };
                    store::appointment::insert(&tx, &appointment).await?;
                }
                Ok::<_, store::StoreError>(())
            })
            .await
            .expect("a person");
        Actor {
            person: new.id,
            login: new.login.clone(),
            name: new.name.clone(),
            home_unit: home.id,
            home_unit_path: home.path.clone(),
            duties: duties
                .iter()
                .map(|(duty, unit)| HeldDuty {
                    unit: unit.id,
                    unit_path: unit.path.clone(),
                    duty: *duty,
                    on_behalf_of: None,
                })
                .collect(),
            session: None,
            origin: Origin { channel: "test".into(), address: "192.0.2.1".into(), request_id: None },
        }
    }

    /// A live site with every required mark.
    pub async fn site(&self, slug: &str, sponsor: &Unit) -> Site {
        let number = slug.bytes().fold(0u32, |sum, byte| (sum * 31 + u32::from(byte)) % 1000);
        let site = Site {
            id: self.app.ids.fresh(),
            slug: slug.into(),
            name: format!("{slug}示例网站"),
            domain: identifier(&format!("www.{slug}-shili.gov.cn")),
            site_code: Some(identifier(&format!("1500009{number:03}"))),
            icp_record: Some(identifier("蒙ICP备00000000号-1")),
            police_record: Some(identifier(&format!("蒙公网安备15010202000{number:03}号"))),
            conac_id: None,
            sponsor: sponsor.id,
            sponsor_name: sponsor.name.clone(),
            sponsor_path: sponsor.path.clone(),
            operator: None,
            contact: "0471-0000000".into(),
            description: "示例网站".into(),
            theme: "official".into(),
            state: SiteState::Live,
            release_number: 0,
            lock_version: 1,
        };
        let row = &site;
        self.app.store.write(|tx| async move { store::site::insert(&tx, row).await }).await.expect("a site");
        site
    }

    /// A column at the top of a site.
    pub async fn column(&self, site: &Site, slug: &str, column_type: &str) -> Column {
        let column = Column {
            id: self.app.ids.fresh(),
            site: site.id,
            parent: None,
            slug: slug.into(),
            path: slug.into(),
            name: format!("{slug}示例栏目"),
            column_type: column_type.into(),
            description: "示例栏目的说明".into(),
            keywords: "示例".into(),
            position: 1,
            in_navigation: true,
            sensitive: false,
            active: true,
            lock_version: 1,
        };
        let row = &column;
        self.app.store.write(|tx| async move { store::column::insert(&tx, row).await }).await.expect("a column");
        column
    }

    /// Puts a chain of these duties in force for a unit.
    pub async fn chain(&self, unit: &Unit, duties: &[Duty]) {
        let chain = ReviewChain {
            id: self.app.ids.fresh(),
            name: "示例审核链".into(),
            scope: ChainScope::Unit(unit.id),
            unit: unit.id,
            steps: duties
                .iter()
                .map(|duty| ChainStep { name: duty.chinese().into(), duty: *duty, unit: None })
                .collect(),
            active: true,
            lock_version: 1,
        };
        let row = &chain;
        self.app
            .store
            .write(|tx| async move { store::review_chain::replace(&tx, row).await })
            .await
            .expect("a review chain");
    }

    /// Does all work that is enqueued and due; panics when a job failed, so that no test ends with a hidden failure.
    pub async fn settle(&self) {
        let worker = jobs::Worker::new(
            self.app.store.clone(),
            app::registry(),
            self.app.clone(),
            jobs::WorkerOptions::default(),
        );
        worker.run_until_idle().await.expect("the queue can be worked off");
    }
}
