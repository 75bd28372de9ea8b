//! What every handler holds: the verbs, the templates, the bundled files and the settings of the web face.

use std::sync::Arc;

use app::App;

use crate::{assets::Assets, portal::PortalState, rate_limit::RateLimiter, template::Templates, top_bars::TopBars};

/// Settings of the web face; the binary fills them from the configuration file.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// Address under which people reach the platform, without a trailing slash: `https://www.example.gov.cn`.
    pub base_url: String,
    /// When set, the console answers only under this host name (and everything else there is 404).
    pub console_host: Option<String>,
    /// Cookies carry `Secure` and answers carry HSTS; on wherever TLS is in front.
    pub secure_cookies: bool,
    /// The last `X-Forwarded-For` entry is believed; on only behind a proxy of our own.
    pub trusted_proxy: bool,
    /// The page of samples at `/console/styleguide` is shown.
    pub styleguide: bool,
    /// Largest ordinary form, in bytes; room for a long rich text.
    pub form_limit: usize,
    /// Largest upload, in bytes.
    pub upload_limit: usize,
}

impl Default for WebConfig {
    fn default() -> Self {
        Self {
            base_url: "http://127.0.0.1:8080".into(),
            console_host: None,
            secure_cookies: false,
            trusted_proxy: false,
            styleguide: cfg!(debug_assertions),
            form_limit: 8 << 20,
            upload_limit: 200 << 20,
        }
    }
}

impl WebConfig {
    /// Host name under which people reach the platform, in lower case and without its port.
    pub fn own_name(&self) -> String {
        let address = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
        crate::portal::host_name(address.split('/').next().unwrap_or_default())
    }
}

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct WebState {
    /// The verbs.
    pub app: Arc<App>,
    /// Settings of the web face.
    pub config: Arc<WebConfig>,
    /// Templates of the console and of error pages.
    pub templates: Arc<Templates>,
    /// Bundled styles and scripts.
    pub assets: Arc<Assets>,
    /// Token buckets for logins and interfaces.
    pub limits: Arc<RateLimiter>,
    /// What the frame shows of each person.
    pub top_bars: Arc<TopBars>,
    /// What citizens read; its table is filled by `portal.refresh()` or kept fresh by `portal.keep_fresh()`.
    pub portal: PortalState,
}

impl WebState {
    /// Loads templates and bundled files.
    pub fn new(app: Arc<App>, config: WebConfig) -> Self {
        let assets = Arc::new(Assets::load());
        Self {
            portal: PortalState::new(Arc::clone(&app)),
            app,
            config: Arc::new(config),
            templates: Arc::new(Templates::new(Arc::clone(&assets))),
            assets,
            limits: Arc::new(RateLimiter::new()),
            top_bars: Arc::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WebConfig;

    #[test]
    fn the_platforms_own_name_has_no_port_and_no_capitals() {
        for (address, name) in [
            ("https://Platform.Example.gov.cn", "platform.example.gov.cn"),
            ("http://127.0.0.1:8080", "127.0.0.1"),
            ("https://platform.example.gov.cn:8443/base", "platform.example.gov.cn"),
        ] {
            let config = WebConfig { base_url: address.to_owned(), ..WebConfig::default() };
            assert_eq!(config.own_name(), name);
        }
    }
}
