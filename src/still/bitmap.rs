//! An SVG file drawn in pixels, by the browser.

use gloo::utils::document;
use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

/// A PNG file with two pixels for each of the SVG's.
///
/// # Errors
/// If the browser draws no picture of that size, or hands none out.
pub(super) async fn png(svg: &str) -> Result<Vec<u8>, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("image/svg+xml");
    let parts = Array::of1(&JsValue::from_str(svg));
    let address = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &kind)?)?;
    let drawn = draw(&address).await;
    Url::revoke_object_url(&address)?;
    let canvas = drawn?;
    let handed = JsFuture::from(Promise::new(&mut |done: Function, fail: Function| {
        // An error here is one of the browser, and the promise must end all the same.
        if let Err(error) = canvas.to_blob(&done) {
            let _ = fail.call1(&JsValue::NULL, &error);
        }
    }));
    // Nothing, where the picture is larger than a canvas may be.
    let blob: Blob = handed.await?.dyn_into()?;
    Ok(Uint8Array::new(&JsFuture::from(blob.array_buffer()).await?).to_vec())
}

async fn draw(address: &str) -> Result<HtmlCanvasElement, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(address);
    JsFuture::from(image.decode()).await?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width(DENSITY * image.natural_width());
    canvas.set_height(DENSITY * image.natural_height());
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into::<CanvasRenderingContext2d>()?;
    let [width, height] = [canvas.width(), canvas.height()].map(f64::from);
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    Ok(canvas)
}

/// Pixels to a CSS pixel, each way.
const DENSITY: u32 = 2;
