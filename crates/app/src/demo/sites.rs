//! The three sites with their columns and review chains.

use std::collections::HashMap;

use domain::{
    column::Column,
    duty::Duty,
    review_chain::{ChainScope, ChainStep},
    site::{Site, SiteState},
};
use policy::{Action, Target};

use super::{
    people::Cast,
    source::{SampleChain, SampleSite},
};
use crate::{
    App, AppError, AppResult,
    column::{self, NewColumn},
    review_chain::{NewChain, configure},
    site::{self, NewSite},
};

/// The built sites, by slug.
pub(super) struct Stage {
    sites: HashMap<String, (Site, HashMap<String, Column>)>,
}

impl Stage {
    /// Registers all sites, as those people who may.
    pub(super) async fn build(app: &App, cast: &Cast, samples: &[SampleSite]) -> AppResult<Self> {
        let mut sites = HashMap::new();
        for sample in samples {
            let site = register(app, cast, sample).await?;
            let columns = add_columns(app, cast, &site, sample).await?;
            for chain in &sample.review_chain {
                add_chain(app, cast, &site, &columns, chain).await?;
            }
            sites.insert(sample.slug.clone(), (site, columns));
        }
        Ok(Self { sites })
    }

    /// A site by slug.
    pub(super) fn site(&self, slug: &str) -> AppResult<&Site> {
        let found = self.sites.get(slug).map(|(site, _)| site);
        found.ok_or_else(|| AppError::internal(format!("demo: there is no site {slug}")))
    }

    /// A column by site and slug.
    pub(super) fn column(&self, site: &str, slug: &str) -> AppResult<&Column> {
        let found = self.sites.get(site).and_then(|(_, columns)| columns.get(slug));
        found.ok_or_else(|| AppError::internal(format!("demo: there is no column {site}/{slug}")))
    }
}

async fn register(app: &App, cast: &Cast, sample: &SampleSite) -> AppResult<Site> {
    let sponsor = cast.unit(&sample.sponsor)?;
    let actor = cast.allowed(app, Action::SiteCreate, &Target::Unit { path: &sponsor.path })?;
    let given = |text: &str| Some(text.to_owned());
    let new = NewSite {
        slug: sample.slug.clone(),
        name: sample.name.clone(),
        domain: sample.domain.clone(),
        site_code: given(&sample.site_code),
        icp_record: given(&sample.icp_number),
        police_record: given(&sample.police_number),
        conac_id: given(&sample.conac_id),
        sponsor: sponsor.id,
        operator: Some(cast.unit(&sample.operator)?.id),
        contact: format!(
            "{}　电话：{}　邮箱：{}　地址：{}",
            sample.contact, sample.phone, sample.email, sample.address
        ),
        description: sample.about.clone(),
        state: SiteState::Live,
    };
    site::create(app, actor, new).await
}

async fn add_columns(app: &App, cast: &Cast, site: &Site, sample: &SampleSite) -> AppResult<HashMap<String, Column>> {
    let actor = cast.allowed(app, Action::ColumnChange, &Target::Site { sponsor_path: &site.sponsor_path })?;
    let mut columns: HashMap<String, Column> = HashMap::new();
    for one in &sample.column {
        let parent = one.parent.as_ref().and_then(|parent| columns.get(parent)).map(|parent| parent.id);
        let new = NewColumn {
            parent,
            slug: one.slug.clone(),
            name: one.name.clone(),
            column_type: one.column_type.clone(),
            description: one.description.clone(),
            keywords: one.keywords.join(","),
            position: None,
            in_navigation: true,
            sensitive: false,
        };
        columns.insert(one.slug.clone(), column::create(app, actor, site.id, new).await?);
    }
    Ok(columns)
}

async fn add_chain(
    app: &App,
    cast: &Cast,
    site: &Site,
    columns: &HashMap<String, Column>,
    chain: &SampleChain,
) -> AppResult<()> {
    let actor = cast.allowed(app, Action::ChainConfigure, &Target::Unit { path: &site.sponsor_path })?;
    let steps = chain
        .steps
        .iter()
        .map(|word| {
            let duty = Duty::parse(word).ok_or_else(|| AppError::internal(format!("demo: unknown duty {word}")))?;
            Ok(ChainStep { name: duty.chinese().to_owned(), duty, unit: None })
        })
        .collect::<AppResult<Vec<_>>>()?;
    let scopes: Vec<ChainScope> = match chain.columns.is_empty() {
        true => vec![ChainScope::Site(site.id)],
        false => {
            chain.columns.iter().filter_map(|slug| columns.get(slug)).map(|one| ChainScope::Column(one.id)).collect()
        }
    };
    for scope in scopes {
        configure(app, actor, &NewChain { name: chain.name.clone(), scope, steps: steps.clone() }).await?;
    }
    Ok(())
}
