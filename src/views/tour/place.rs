//! Where the tour's panel stands: beside what it points at, never over it, and so that the page has to be
//! scrolled as little as may be. All lengths are CSS pixels, all heights from the window's top edge.

/// What there is room in.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// How high the window is.
    pub window: f64,
    /// How high the player is, which sticks to the window's lower edge.
    pub player: f64,
    /// How high the panel is.
    pub panel: f64,
    /// How far the page can be scrolled back, and on.
    pub reach: [f64; 2],
    /// Whether the panel is a sheet across the window, at one of its edges.
    pub sheet: bool,
}

/// Where the panel stands, and what the page does for it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stand {
    /// The panel's upper edge.
    pub top: f64,
    /// How far the page is scrolled on; negative: back.
    pub scroll: f64,
}

/// The stand beside a target from one height to another. `sticks`: it is the player, which scrolling does not
/// move.
pub fn stand(target: [f64; 2], room: &Room, sticks: bool) -> Stand {
    if sticks {
        let wanted = target[0] - room.panel - 2.0 * GAP;
        let scroll = wanted.min(0.0).max(-room.reach[0]);
        return Stand { top: target[0] - scroll - GAP - room.panel, scroll };
    }
    let clear = room.window - room.player;
    let found = match (below(target, room, clear), above(target, room)) {
        (Some(below), Some(above)) if above.scroll.abs() < below.scroll.abs() => Some(above),
        (below, above) => below.or(above),
    };
    // Where there is too little room the panel lies over the player, and what it points at never does.
    found.or_else(|| below(target, room, room.window)).unwrap_or_else(|| Stand {
        top: room.window - room.panel - GAP,
        scroll: held(target[0] - GAP, -room.reach[0], room.reach[1]),
    })
}

/// How many of these targets, of which the first counts most, fit beside the panel, and from where to where.
pub fn together(targets: &[[f64; 2]], room: &Room) -> (usize, [f64; 2]) {
    let most = (room.window - room.panel - 3.0 * GAP).min(room.window - room.player - 2.0 * GAP);
    let (mut count, mut span) = (0, targets.first().copied().unwrap_or_default());
    for target in targets {
        let wider = [span[0].min(target[0]), span[1].max(target[1])];
        if count > 0 && wider[1] - wider[0] > most {
            break;
        }
        (count, span) = (count + 1, wider);
    }
    (count, span)
}

/// Below the target, and no lower than this.
fn below([top, bottom]: [f64; 2], room: &Room, lowest: f64) -> Option<Stand> {
    let needs = room.panel + GAP;
    let high = (lowest - GAP - needs).min(room.window - room.player - GAP);
    let scroll = scrolled([top, bottom], [GAP, high], room)?;
    let beside = bottom - scroll + GAP;
    Some(Stand { top: if room.sheet { lowest - needs } else { beside }, scroll })
}

/// Above the target, which stays clear of the player.
fn above([top, bottom]: [f64; 2], room: &Room) -> Option<Stand> {
    let needs = room.panel + GAP;
    let scroll = scrolled([top, bottom], [GAP + needs, room.window - room.player - GAP], room)?;
    Some(Stand { top: if room.sheet { GAP } else { top - scroll - needs }, scroll })
}

/// How far the page has to be scrolled for a target to lie within these heights, if it can be.
fn scrolled([top, bottom]: [f64; 2], [low, high]: [f64; 2], room: &Room) -> Option<f64> {
    let wanted = if bottom > high { bottom - high } else { (top - low).min(0.0) };
    let scroll = held(wanted, -room.reach[0], room.reach[1]);
    // What stands at the very end of the page has less room there than it might.
    let low = if scroll == wanted { low } else { low - GAP };
    (top - scroll >= low && bottom - scroll <= high).then_some(scroll)
}

/// Room between the panel and all else.
pub const GAP: f64 = 12.0;

/// A length within bounds. `f64::clamp` would print bounds that are none, and all that prints floats weighs 10 KB.
pub fn held(length: f64, least: f64, most: f64) -> f64 {
    length.min(most).max(least)
}
