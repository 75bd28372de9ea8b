//! `GET /api/openapi.json`: the interface described by itself.

use axum::Json;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "政通开放接口",
        version = "1",
        description = "统一信息资源库的开放数据接口：读取已入库的公开信息，订阅变更；按本单位的词库和规则机审稿件。须使用安全管理员签发的令牌。"
    ),
    paths(super::resource::read, super::changes::list, super::screening::screen),
    modifiers(&Token)
)]
struct Interface;

struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("令牌以 zt_ 开头，由安全管理员在“接口令牌”页面签发。"))
            .build();
        document.components.get_or_insert_default().add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The OpenAPI document.
pub(super) async fn openapi() -> Json<utoipa::openapi::OpenApi> {
    Json(Interface::openapi())
}
