//! What several test programs need of the views.

use yew::LocalServerRenderer;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
struct Shown {
    html: Html,
}

#[component]
fn Show(props: &Shown) -> Html {
    props.html.clone()
}

/// A view's markup.
pub(crate) async fn rendered(html: Html) -> String {
    LocalServerRenderer::<Show>::with_props(Shown { html }).hydratable(false).render().await
}
