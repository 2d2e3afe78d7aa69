//! What the page costs, in a browser: from data to pixels beside Mermaid's sequence diagram of the
//! same messages, each frame while playing, and simulating. `cargo xtask bench stage` prints the
//! rows, which start with `row` and have a tab between cells, as a table.

#![cfg(target_arch = "wasm32")]

mod support;

use duplex::app::{App, Props};
use gloo::utils::{document, window};
use js_sys::Array;
use support::{add, call, median, ratio, row};
use trace::scenario::{Network, Scenario, Speaker, Transport, Workload};
use trace::sim::simulate;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;
use yew::{AppHandle, Renderer};

wasm_bindgen_test_configure!(run_in_browser);

/// The peer, as its authors publish it.
const MERMAID: &str = include_str!(env!("DUPLEX_MERMAID"));

const STYLES: [&str; 6] = [
    include_str!("../styles/tokens.css"),
    include_str!("../styles/base.css"),
    include_str!("../styles/stage.css"),
    include_str!("../styles/ladder.css"),
    include_str!("../styles/player.css"),
    include_str!("../styles/ledger.css"),
];

/// Called with whatever has to be drawn; answers when it is on the screen: laid out, and its frame
/// handed over.
const HELPERS: &str = "
globalThis.bench = {
  async painted() {
    document.body.getBoundingClientRect();
    await new Promise(requestAnimationFrame);
    const { port1, port2 } = new MessageChannel();
    await new Promise(done => { port1.onmessage = done; port2.postMessage(0); });
  },
  // The page says so itself when it has mounted.
  async duplex() {
    const page = document.documentElement;
    if (!page.dataset.ready) await new Promise(done => new MutationObserver((_, it) => {
      if (page.dataset.ready) { it.disconnect(); done(); }
    }).observe(page, { attributes: true }));
    await bench.painted();
    delete page.dataset.ready;
  },
  async mermaid(text, place) {
    const { svg } = await mermaid.render('peer', text);
    place.innerHTML = svg;
    await bench.painted();
  },
  // Script time of each frame: from the page's own callback to the next in the same frame, so that
  // what the callback left to be done at once counts as well.
  frames(wanted) {
    return new Promise(done => {
      const own = window.requestAnimationFrame, times = [];
      window.requestAnimationFrame = callback => {
        let begun;
        const id = own.call(window, now => { begun = performance.now(); callback(now); });
        own.call(window, () => {
          times.push(performance.now() - begun);
          if (times.length >= wanted) { window.requestAnimationFrame = own; done(times); }
        });
        return id;
      };
    });
  },
};
mermaid.initialize({ startOnLoad: false, maxTextSize: 1e8, maxEdges: 1e6 });
";

#[wasm_bindgen_test]
async fn stage() {
    for (name, text) in [("style", STYLES.concat().as_str()), ("script", MERMAID), ("script", HELPERS)] {
        add(name, text);
    }
    drawing().await;
    frames().await;
    simulating();
}

/// From the same messages to pixels: our whole page with one ladder, and Mermaid's diagram.
async fn drawing() {
    row(&["from data to pixels", "Duplex, ms", "Mermaid, ms", "times faster"]);
    for messages in [10, 100, 1_000] {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..if messages > 100 { 5 } else { 9 } {
            let place = place();
            let begin = now();
            let app = show(&place, echo(vec![Transport::WebSocket], messages));
            call("duplex", &[]).await;
            ours.push(now() - begin);
            app.destroy();
            place.remove();

            let place = self::place();
            let begin = now();
            let diagram = diagram(&echo(vec![Transport::WebSocket], messages));
            call("mermaid", &[diagram.into(), place.clone().into()]).await;
            theirs.push(now() - begin);
            place.remove();
        }
        let (ours, theirs) = (median(&mut ours), median(&mut theirs));
        let name = format!("{messages} messages");
        row(&[&name, &format!("{ours:.1}"), &format!("{theirs:.1}"), &format!("{:.1}", theirs / ours)]);
        let aim = if messages == 1_000 { "0.033 at most" } else { "" };
        ratio(&format!("drawing {name}"), [ours, theirs, ours / theirs], "ms", "Mermaid", aim);
    }
}

/// What one frame of playing costs the script.
async fn frames() {
    row(&["a frame of playing", "median, ms", "mean, ms", "p95, ms", "median to first", "mean to first"]);
    let mut first = None;
    for events in [100, 10_000, 100_000] {
        let lanes = || vec![Transport::Persistent, Transport::WebSocket];
        let each = simulate(&echo(lanes(), 10)).events().len() as u32 / 10;
        let place = place();
        let app = show(&place, echo(lanes(), events / each));
        call("duplex", &[]).await;
        let counted = call("frames", &[FRAMES.into()]);
        press_play();
        let times = counted.await;
        app.destroy();
        place.remove();
        let mut times: Vec<f64> = Array::from(&times).iter().filter_map(|time| time.as_f64()).collect();
        let mean = times.iter().sum::<f64>() / times.len() as f64;
        let median = median(&mut times);
        let p95 = times[times.len() * 95 / 100];
        let (base, base_mean) = *first.get_or_insert((median, mean));
        let figures = [median, mean, p95].map(|time| format!("{time:.2}"));
        let ratios = [median / base, mean / base_mean].map(|ratio| format!("{ratio:.2}"));
        let name = format!("{events} events");
        row(&[&name, &figures[0], &figures[1], &figures[2], &ratios[0], &ratios[1]]);
        if events == 100_000 {
            let what = format!("a frame of playing, {name}");
            ratio(&what, [median, base, median / base], "ms", "100 events", "1.50 at most");
        }
    }
}

/// The same runs as `crates/trace/benches/simulation.rs`, here in WebAssembly.
fn simulating() {
    row(&["simulating 1,000 messages, in the browser", "events", "ms", "events/s"]);
    for transport in [Transport::Persistent, Transport::Close, Transport::WebSocket, Transport::Deflate] {
        let scenario = echo(vec![transport], 1_000);
        let mut events = 0;
        let mut times: Vec<f64> = (0..7)
            .map(|_| {
                let begin = now();
                events = simulate(&scenario).events().len();
                now() - begin
            })
            .collect();
        let each = median(&mut times);
        let rate = events as f64 / each * 1e3;
        row(&[transport.name(), &events.to_string(), &format!("{each:.1}"), &format!("{rate:.0}")]);
    }
}

fn echo(lanes: Vec<Transport>, messages: u32) -> Scenario {
    let network = Network { round_trip: 10_000, ..Network::default() };
    Scenario { lanes, messages, network, ..Scenario::default().turned_to(Workload::Echo) }
}

/// The messages of a scenario and their echoes in Mermaid's language.
fn diagram(scenario: &Scenario) -> String {
    let said = scenario.script().into_iter().filter(|line| line.from == Speaker::You);
    let lines = said.map(|line| format!("You->>Server: {0}\nServer->>You: {0}\n", line.text));
    format!("sequenceDiagram\n{}", lines.collect::<String>())
}

fn show(place: &Element, scenario: Scenario) -> AppHandle<App> {
    let props = Props { scenario: Some(scenario), ..Props::default() };
    Renderer::<App>::with_root_and_props(place.clone(), props).render()
}

fn place() -> Element {
    let place = document().create_element("div").expect("a place");
    document().body().expect("a body").append_child(&place).expect("appended");
    place
}

fn press_play() {
    let button = document().query_selector("button.play").expect("a selector").expect("a player");
    button.dyn_into::<web_sys::HtmlElement>().expect("a button").click();
}

/// The browser's clock, in milliseconds.
fn now() -> f64 {
    window().performance().expect("a clock").now()
}

/// Frames that are timed of each run.
const FRAMES: u32 = 300;
