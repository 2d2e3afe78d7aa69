//! From navigation to `data-ready`, and what is fetched until then: the page for a static host beside a page that
//! is as little as one in Yew can be, turn by turn, each time as a first visit. `cargo xtask bench start-up` builds
//! both, says where they are, and prints the rows, which have a tab between cells, as a table.

use anyhow::{Context, Result};
use e2e::browser::Look;
use e2e::devtools::DevTools;
use e2e::folder::Folder;
use e2e::host::{self, Flaws};
use e2e::stage::setting_of;
use serde_json::Value;

#[tokio::main]
async fn main() -> Result<()> {
    let pages = [setting_of("DUPLEX_PAGE")?, setting_of("DUPLEX_MINIMAL")?];
    let mut addresses = Vec::new();
    for page in pages {
        addresses.push(host::serve(page, Flaws::default()).await?);
    }
    let profile = Folder::new()?;
    // Waits, and does not let anything else run on this thread; the hosts have others.
    let measured = DevTools::start(&setting_of("DUPLEX_CHROMIUM")?, profile.path())
        .and_then(|mut browser| measured(&mut browser, &addresses));
    let figures: Vec<Figures> =
        measured?.into_iter().map(Figures::of).collect::<Option<_>>().context("no turn")?;
    println!("start-up\tready, ms\tleast\tmost\tfetched, octets gzip");
    for (name, Figures { ready, least, most, fetched }) in NAMES.iter().zip(&figures) {
        println!("{name}\t{ready:.0}\t{least:.0}\t{most:.0}\t{fetched}");
    }
    if let [ours, theirs] = figures.as_slice() {
        println!(
            "Duplex is ready {:.0} ms after a minimal page; 250 at most is the aim",
            ours.ready - theirs.ready
        );
        let row = |what: &str, ours: f64, theirs: f64, unit: &str, aim: &str| {
            println!(
                "ratio\t{what}\t{ours:.0}\t{theirs:.0}\t{:.2}\t{unit}\ta minimal Yew page\t{aim}",
                ours / theirs
            );
        };
        row("start-up, navigation to ready", ours.ready, theirs.ready, "ms", "250 ms more at most");
        row("first load", ours.fetched as f64, theirs.fetched as f64, "octets gzip", "350000 octets at most");
    }
    Ok(())
}

/// What each visit gave, page by page.
fn measured(browser: &mut DevTools, addresses: &[String]) -> Result<Vec<Vec<Visit>>> {
    let mut visits: Vec<Vec<Visit>> = addresses.iter().map(|_| Vec::new()).collect();
    for turn in 0..TURNS + WARM {
        let mut order: Vec<usize> = (0..addresses.len()).collect();
        if turn % 2 == 1 {
            order.reverse();
        }
        for page in order {
            let tab = browser.tab(Look::default().size, WATCH)?;
            let told = browser.visit(&tab, &addresses[page], READY)?;
            browser.close(tab)?;
            // A browser that has just been started is still busy with itself.
            if turn >= WARM {
                visits[page].push(Visit::of(&told).with_context(|| format!("{told} is no visit"))?);
            }
        }
    }
    Ok(visits)
}

/// One first visit.
struct Visit {
    /// From navigation to ready, in milliseconds.
    ready: f64,
    /// Octets of content on the wire until then.
    fetched: u64,
}

impl Visit {
    fn of(told: &Value) -> Option<Self> {
        Some(Self { ready: told["ready"].as_f64()?, fetched: told["fetched"].as_u64()? })
    }
}

/// What all visits of a page come to.
struct Figures {
    /// The median, in milliseconds.
    ready: f64,
    least: f64,
    most: f64,
    /// The same each time.
    fetched: u64,
}

impl Figures {
    fn of(mut visits: Vec<Visit>) -> Option<Self> {
        visits.sort_by(|a, b| a.ready.total_cmp(&b.ready));
        let (first, last) = (visits.first()?, visits.last()?);
        let middle = &visits[visits.len() / 2];
        Some(Self { ready: middle.ready, least: first.ready, most: last.ready, fetched: middle.fetched })
    }
}

const NAMES: [&str; 2] = ["Duplex", "a minimal Yew page"];

/// Visits of each page that count, and those before them.
const TURNS: usize = 11;
const WARM: usize = 3;

/// Keeps when the page says that it is ready: once the task that says so is done.
const WATCH: &str = "
    globalThis.ready = new Promise(done => new MutationObserver((_, it) => {
        if (document.documentElement?.dataset.ready !== 'true') return;
        it.disconnect();
        done(performance.now());
    }).observe(document, { attributes: true, subtree: true }));";

/// Counts what had been fetched by then: not the icon, for which a browser asks last.
const READY: &str = "
    ready.then(ready => {
        const entries = ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind));
        // Each once: what was asked for beforehand has an entry for that as well.
        const sizes = new Map(entries.filter(it => it.responseStart < ready).map(it => [it.name, it.encodedBodySize]));
        return { ready, fetched: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
    })";
