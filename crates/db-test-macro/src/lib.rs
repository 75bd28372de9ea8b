//! `#[db_test]`: one text, one test per engine. Use it through `testkit::db_test`.

use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::{ItemFn, parse_macro_input};

/// Turns `async fn name(db: TestDb)` into the tests `sqlite_name` and `postgres_name`, each with its own freshly
/// migrated database and a multi-threaded runtime. Further attributes go to both.
#[proc_macro_attribute]
pub fn db_test(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let function = parse_macro_input!(item as ItemFn);
    if !arguments.is_empty() || function.sig.asyncness.is_none() || function.sig.inputs.len() != 1 {
        let message = "#[db_test] goes on `async fn name(db: TestDb)` and takes no arguments";
        return syn::Error::new_spanned(&function.sig, message).to_compile_error().into();
    }
    let ItemFn { attrs, vis, sig, block } = function;
    let name = &sig.ident;
    let (sqlite, postgres) = (format_ident!("sqlite_{name}"), format_ident!("postgres_{name}"));
    quote! {
        #vis #sig #block

        #[test]
        #(#attrs)*
        fn #sqlite() {
            ::testkit::run_on(::testkit::Engine::Sqlite, #name);
        }

        #[test]
        #(#attrs)*
        fn #postgres() {
            ::testkit::run_on(::testkit::Engine::Postgres, #name);
        }
    }
    .into()
}
