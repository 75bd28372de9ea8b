//! What every page of a site shows in its header and footer.

use serde::Serialize;
use uuid::Uuid;

use super::Crumb;

/// A site's settings as pages show them (国办发〔2017〕47号: 头部标识区, 底部功能区, 站点标签).
#[derive(Debug, Clone, Serialize)]
pub struct Site {
    /// Identity of the site.
    pub id: Uuid,
    /// Full name, shown large in the header and as `SiteName`.
    pub name: String,
    /// English domain, as `SiteDomain`, such as `www.example.gov.cn`.
    pub domain: String,
    /// Address of the site's root on the open network, ending in a slash. 找错 reports name pages under it.
    pub base_url: String,
    /// 政府网站标识码, ten characters; as `SiteIDCode`.
    pub site_code: String,
    /// 主办单位.
    pub sponsor: String,
    /// 承办单位, when it is another one.
    pub operator: Option<String>,
    /// 联系方式, such as a telephone number.
    pub contact: String,
    /// ICP 备案编号.
    pub icp_record: String,
    /// 公安机关备案号, such as `蒙公网安备15000000000000号`.
    pub police_record: String,
    /// Certificate id of the 党政机关网站标识 (32 hexadecimal digits), once granted.
    pub conac_id: Option<String>,
    /// What the site is for, one sentence; the home page's description.
    pub description: String,
    /// One line under the name, may be empty.
    pub slogan: String,
    /// Top columns in the order of the navigation bar.
    pub navigation: Vec<Crumb>,
    /// Language of the theme's own words; `zh-Hans`.
    pub locale: String,
}

impl Site {
    /// The page's address on the open network, percent-encoded. The home page and the page for
    /// unknown addresses are known by the address of the root.
    pub fn address_of(&self, path: &str) -> String {
        let mut address = self.base_url.clone();
        if path != crate::path::HOME && path != crate::path::NOT_FOUND {
            crate::path::percent_encode_path(path, &mut address);
        }
        address
    }

    /// The 14 digits of the police record, for the link to its certificate.
    pub fn police_record_digits(&self) -> String {
        self.police_record.chars().filter(char::is_ascii_digit).collect()
    }
}
