//! Mounts the page.

/// Two kilobytes smaller, compressed, than the allocator that comes with the target.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    yew::Renderer::<duplex::app::App>::new().render();
}
