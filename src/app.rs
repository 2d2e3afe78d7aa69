//! The shell: joins the store, the playhead and the browser's edges to the views.

mod below;
mod classroom;
mod clicker;
mod frame;
mod hands;
mod hooks;
mod inside;
mod keys;
mod learn;
mod opening;
mod parcels;
mod pictures;
mod podium;
mod root;
mod saving;
mod skip;
mod stage;
mod tour;
mod trail;
mod wheel;

use std::cell::Cell;
use std::rc::Rc;
use tongue::say;

use trace::caption;
use trace::exhibit;
use trace::scenario::{MOST_LANES, Speaker, Workload};
use yew::prelude::*;

use crate::capture;
use crate::files;
use crate::state::{Action, Tour, View};
use crate::views::act::ActPanel;
use crate::views::lane::LaneView;
use crate::views::ledger::Ledger;
use crate::views::panels::Panels;
use crate::views::same::Same;
use crate::views::{
    bar, compare, embed, import, lens, live, notes, notice, octets, panels, ruler, share, source, svg,
    tour as round, ui,
};

pub use hooks::fragment;
pub use parcels::fetch;
pub use root::{App, Props};

use clicker::use_clicker;
use hooks::{
    COMPACT, NARROW, use_copy, use_learn, use_media, use_opened, use_playback, use_problem, use_progress,
    use_ready, use_theme,
};
use keys::{use_common_keys, use_keys};
use opening::use_opening;
use parcels::{teaching, use_parcels};
use pictures::{Pictures, use_pictures};
use podium::use_podium;
use root::Store;
use tour::use_tour;
use trail::{show_octets, use_trail};
use wheel::use_wheel;

/// What the page is drawn from.
#[derive(Properties, PartialEq)]
struct PageProps {
    store: Store,
}

/// The page in one language.
#[component]
fn Page(props: &PageProps) -> Html {
    let Store(store, hands) = props.store.clone();
    let now = use_mut_ref(|| Rc::new(Cell::new(0_u64)));
    let now = Rc::clone(&now.borrow());
    if !store.playing {
        now.set(store.at);
    }
    let (compact, narrow) = (use_media(COMPACT), use_media(NARROW));
    let viewport = stage::viewport(&store, compact, narrow);
    let layers = store.camera.sight.layers;
    let Pictures { map, silent, scenes, travellers, ghosts } = use_pictures(&store, viewport);
    let scenario = use_memo(store.shown().clone(), Clone::clone);
    let compared = use_memo(store.scenario.clone(), Clone::clone);

    let lanes = use_node_ref();
    use_playback(&store, &map, &travellers, &now, compact);
    use_wheel(&store, &lanes, &map, viewport.height);
    use_common_keys(&store);
    use_trail(&store);
    use_problem(&store.live.problem);
    use_theme(store.theme);
    use_progress(&store.progress);
    use_keys(&store, &now);
    use_tour(&store);
    use_parcels(&store);
    let podium = use_podium(&store);
    use_clicker(&store, &podium.drive);
    let told = store.is_told();
    let opened_panels = use_opened();
    use_ready(store.field.is_some() && !told);

    // One and the same from render to render, so that a ladder is drawn again only if it changes.
    let act: Callback<Action> = {
        let dispatcher = store.dispatcher();
        use_callback((), move |action, ()| dispatcher.dispatch(action))
    };
    let (copied, copy) = use_copy(&act);
    let speaks = |from: Speaker| {
        let (act, now) = (act.clone(), Rc::clone(&now));
        Callback::from(move |text: String| act.emit(Action::Say(from, text, now.get())))
    };
    let rest = store.at_rest();
    // In a lesson its own words say what there is to see.
    let opened = store.import().cloned();
    let noted = rest && !told && opened.is_none();
    let caption = stage::caption(&store);
    let now_asked = {
        let now = Rc::clone(&now);
        Callback::from(move |()| now.get())
    };
    let selected = store.selected.and_then(|selected| store.trace.events().get(selected)).cloned();
    let exhibit = use_memo((Rc::clone(&store.trace), store.selected), |(trace, selected)| {
        let event = selected.and_then(|selected| trace.events().get(selected))?;
        exhibit::of_event(trace, event).map(|(dissection, place)| (Rc::new(dissection), place))
    });
    let show = stage::unit(&store.trace, &exhibit, selected.as_ref(), &act);
    let copy_link = use_callback(copy.clone(), |(), copy| copy.emit(files::address()));
    let travels = !rest && !store.playing && !store.reduced;
    let given = opened.as_ref().map(|import| AttrValue::from(import.whence()));
    let lane = |lane: usize| {
        let ghost = ghosts.as_ref().as_ref().and_then(|ghosts| ghosts.get(lane)).map(Same::of);
        html! {
            <LaneView key={lane} scenario={Same::of(&scenario)} trace={Same::of(&store.trace)} {lane}
                scene={Same::of(&scenes[lane])} ghost={ghost} map={Same::of(&map)} at={store.at} selected={store.selected}
                {layers} hushed={store.camera.hushed} playing={store.playing && !store.reduced} travellers={travels.then(|| Same::of(&travellers[lane]))} notes={noted && !store.embedded} code={store.code.contains(&lane)} plain={store.is_plain()} given={given.clone()} copy={copy.clone()} act={act.clone()} />
        }
    };
    let own = capture::companion_tag();
    let (run, stop) = hands.run(&store, parcels::run);
    let opening = use_opening(&store, &hands);
    let learn = use_learn(&store);
    let (brief, hero) = (stage::brief(&store), stage::invitation(&store));
    let notice = notice::view(store.notice.as_ref(), &act);
    let reading = store.imports.reading.as_ref().map(|reading| import::progress(reading, &opening.cancel));
    let field = (*exhibit).as_ref().and_then(|(dissection, shown)| {
        Some(&*dissection.exhibits.get(*shown)?.fields.get(store.field?)?.name)
    });
    // A single lane leaves room beside it.
    let beside = scenes.len() == 1 && !compact;
    let (chosen, awaits) = (selected.is_some(), store.live.running || store.live.awaits());
    let controls = || {
        let octets = chosen && !beside && !store.playing && !store.embedded;
        let octets = octets.then(|| Callback::from(|()| show_octets()));
        stage::controls(&store, &map, &caption, octets, &now_asked, &act)
    };
    let apart = parcels::octets();
    let stage = || match (store.subject(), apart) {
        (View::Workbench, Some(it)) => (it.alone)(&store.desk, store.field, &act),
        _ => (0..scenes.len()).map(lane).collect(),
    };
    if store.embedded {
        return embed::view(stage(), controls(), notice, &store.link().write());
    }
    let taught = teaching();
    let whole_page = taught.and_then(|it| {
        (it.whole_page)(classroom::Props {
            state: &store,
            podium: &podium,
            stage: &stage,
            field,
            exhibit: (*exhibit).as_ref(),
            now: now_asked.clone(),
            act: &act,
        })
    });
    if let Some(whole_page) = whole_page {
        let inside = taught.map(|it| it.inside);
        return html! { <>{ whole_page }{ panels::glossary(inside, store.awaited.missed.as_ref(), store.term, opened_panels, &act) }</> };
    }
    let (length, subject) = (store.link().write().len(), store.subject());
    let taken = share::Props {
        length,
        copy_link: copy_link.clone(),
        copy_embed: (subject != View::Compare).then(|| copy.reform(|()| embed::code(&files::address()))),
        file: opened.is_some(),
        act: act.clone(),
    };
    let knobs = inside::knobs(&store, &taken, opened_panels, &act);
    // While a lesson plays, what is selected may be yet to come.
    let coming = selected.as_ref().filter(|_| told && store.playing).is_some_and(|it| it.start() > store.at);
    let drawer = apart.map_or_else(octets::nothing, |it| {
        (it.drawer)(&octets::Props {
            event: selected,
            sent: !coming,
            exhibit: (*exhibit).clone(),
            show,
            field: store.field,
            act: act.clone(),
            copy: copy.clone(),
            copy_link: share::fits(length).then(|| copy_link.clone()),
        })
    });
    let other = match subject {
        View::Workbench => apart.map(|it| (it.bench)(&store, &act, &copy, &copy_link)),
        View::Lessons => taught.map(|it| {
            (it.words)(&store, field, &copy_link, &act).unwrap_or_else(|| (it.shelves)(&store, &act))
        }),
        View::Compare => taught.map(|it| {
            (it.compare)(compare::Props {
                scenario: Same::of(&compared),
                answers: store.answers,
                asked: store.asked,
                compact,
                act: act.clone(),
            })
        }),
        View::Lab => None,
        View::Teach | View::Join => taught.and_then(|it| (it.part)(subject)),
    };
    let words = taught.filter(|_| told).and_then(|it| (it.words)(&store, field, &copy_link, &act));
    let speak = || {
        html! {
            <ActPanel workload={scenario.workload} added={store.scenario.added.len()} invite={noted}
                send={speaks(Speaker::You)} server_speaks={speaks(Speaker::Server).reform(|()| stage::NEWS.to_owned())}
                forget={act.reform(|()| Action::Forget)} />
        }
    };
    html! {
        <>
            { skip::view(other.is_none() && !told) }
            if let Some(taught) = taught.filter(|_| store.presents()) {
                { (taught.clicker)(&store, None, now_asked.clone(), &act) }
            }
            { bar::view(&bar::Props { brief, theme: store.theme, language: store.language, learning: store.learning, fetching: store.waits(), learn, view: store.view, knobs, act: act.clone() }) }
            { for store.tour_stop().map(|stop| round::panel(stop, &act)) }
            if opening.dragged {
                { import::target() }
            }
            if let Some(other) = other {
                <main class={classes!(words.is_some().then_some("told"))}>
                    if let Some(words) = words {
                        <div class="told-side"><div class="told-words">{ words }</div></div>
                    }
                    if let Some(notice) = notice.clone() {
                        { notice }
                    }
                    { for reading }
                    { other }
                </main>
            } else {
            <main class={classes!(told.then_some("told"))}>
                if let Some(words) = words {
                    // The outer one is as high as the stage: within it the words stay in sight.
                    <div class="told-side"><div class="told-words">
                        { words }
                        if store.place.is_some() && scenario.workload == Workload::Chat {
                            { speak() }
                        }
                    </div></div>
                } else {
                    <div class="hero">
                        { svg::words("h1", "", say("HTTP answers. WebSocket talks.")) }
                        if store.tour == Tour::Offered {
                            { round::invitation(&act) }
                        } else {
                            { svg::words("p", "", hero) }
                        }
                    </div>
                }
                if let Some(notice) = notice {
                    { notice }
                }
                { for reading }
                { share::too_long(&taken) }
                <div class="toolbar">
                    if !told {
                        { source::view(&source::Props { source: store.live.source, opened: store.imports.opened.is_some(), act: act.clone() }) }
                        { import::opener(&opening.open) }
                    }
                    if !told && opened.is_none() && store.scenario.lanes.len() < MOST_LANES {
                        { ui::button("chip", say("Add a lane"), act.reform(|_: MouseEvent| Action::AddLane)) }
                    }
                    { lens::view(&lens::Props { layers, map: &map, silent, act: act.clone() }) }
                    if !told {
                        { ui::button("quiet", say("Reset all"), act.reform(|_: MouseEvent| Action::Reset)) }
                    }
                </div>
                <div class={classes!("stage", beside.then_some("single"), (awaits && !told).then_some("awaits"))} ref={lanes}>
                    { lane(0) }
                    if !compact && scenes.len() < 3 {
                        <div class="ruler-cell">{ ruler::view(&ruler::Props { map: &map, height: viewport.height }) }</div>
                    }
                    for index in 1..scenes.len() {
                        { lane(index) }
                    }
                    if beside {
                        <div class="beside">{ drawer.clone() }</div>
                    }
                    if let Some(import) = &opened {
                        <div class="aside">{ import::panel(import) }</div>
                    } else if !told {
                        <div class="aside">
                            { speak() }
                            if noted {
                                { notes::view(&notes::Props { notes: caption::notes(&store.trace), act: &act }) }
                            }
                            { live::view(&live::Props { live: &store.live, scenario: &store.scenario, obstacle: store.obstacle(), own, run, stop, act: act.clone() }) }
                        </div>
                    }
                </div>
                if !beside && !chosen {
                    { drawer.clone() }
                }
                { controls() }
                <Ledger trace={Same::of(&store.trace)} at={store.at} />
                if let Some(talks) = parcels::live() {
                    { (talks.below)(&store, &hands, compact, &act, &copy) }
                }
                if !beside && chosen {
                    { drawer }
                }
            </main>
            }
            { inside::saves(&store, &hands, &now_asked, opened_panels, &act) }
            <p class="told-shortly" role="status">{ copied }</p>
            <Panels inside={taught.map(|it| it.inside)} missed={store.awaited.missed.clone()} term={store.term} shortcuts={store.shortcuts} reduced={store.reduced} opened={opened_panels} {act} />
        </>
    }
}
