//! What the demo holds, for people and scripts: sites with their addresses, logins with their duties.

use serde::Serialize;

use super::{people::PASSWORD, source};
use crate::{App, AppResult};

/// The demo in one value.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// The sites.
    pub sites: Vec<SiteSummary>,
    /// Address of the console.
    pub console: String,
    /// Everybody who can log in.
    pub logins: Vec<Login>,
}

/// A site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteSummary {
    /// 政府网站标识码
    pub code: String,
    /// Short word in addresses.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Where it is read.
    pub address: String,
    /// Its columns.
    pub columns: Vec<SiteColumn>,
}

/// A column of a site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteColumn {
    /// Short word.
    pub slug: String,
    /// Path inside the site.
    pub path: String,
    /// Name.
    pub name: String,
}

/// Somebody who can log in.
#[derive(Debug, Clone, Serialize)]
pub struct Login {
    /// Login name.
    pub login: String,
    /// Password.
    pub password: String,
    /// Name.
    pub name: String,
    /// What the person is there for.
    pub note: String,
    /// Duties.
    pub duties: Vec<LoginDuty>,
}

/// A duty at a unit.
#[derive(Debug, Clone, Serialize)]
pub struct LoginDuty {
    /// Stable word.
    pub duty: String,
    /// Code of the unit.
    pub unit: String,
    /// The duty as people call it.
    pub duty_name: String,
    /// Name of the unit.
    pub unit_name: String,
}

/// Collects it from a filled instance whose pages are reached under `public_url`.
pub async fn summary(app: &App, public_url: &str) -> AppResult<Summary> {
    let read = app.store.read();
    let mut sites = Vec::new();
    for sample in source::sites()? {
        let Some(site) = store::site::by_slug(&read, &sample.slug).await? else { continue };
        let columns = store::column::of_site(&read, site.id).await?;
        let columns =
            columns.into_iter().map(|one| SiteColumn { slug: one.slug, path: one.path, name: one.name }).collect();
        sites.push(SiteSummary {
            code: site.site_code.map(String::from).unwrap_or_default(),
            address: format!("{public_url}/sites/{}/", site.slug),
            slug: site.slug,
            name: site.name,
            columns,
        });
    }
    let mut logins = Vec::new();
    for person in source::cast()? {
        let mut duties = Vec::new();
        for appointment in &person.appointments {
            let unit = store::unit::by_code(&read, &appointment.unit).await?;
            let duty = domain::duty::Duty::parse(&appointment.duty);
            duties.push(LoginDuty {
                duty: appointment.duty.clone(),
                unit: appointment.unit.clone(),
                duty_name: duty.map(|duty| duty.chinese().to_owned()).unwrap_or_default(),
                unit_name: unit.map(|unit| unit.name).unwrap_or_default(),
            });
        }
        logins.push(Login {
            login: person.login,
            password: PASSWORD.to_owned(),
            name: person.name,
            note: person.note,
            duties,
        });
    }
    Ok(Summary { sites, console: format!("{public_url}/console"), logins })
}
