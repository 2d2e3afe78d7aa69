//! Mounts the page.

fn main() {
    yew::Renderer::<duplex::app::App>::new().render();
}
