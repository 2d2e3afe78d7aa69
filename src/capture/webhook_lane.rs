//! A webhook lane: no browser takes part. The page has the companion play it, and waits.

use tongue::{Sentence, say, word};
use trace::doctor::Symptom;
use trace::record::{Failure, LaneLog};

use super::clock::now;
use super::companion::Companion;
use super::course::{Break, Course};

/// Has the lane played to its end or to where it breaks off.
pub(super) async fn run(course: &Course<'_>, companion: &Companion, run: u32) -> (LaneLog, Option<Break>) {
    course.tell(Sentence::text(word!(
        "two servers call each other. No browser is part of it: this page waits for them to part."
    )));
    let zero = now();
    // An echo's messages each wait for the one before.
    let turns = course.order.plan.script.len() as u64;
    let network = course.order.network;
    let link = turns.saturating_mul((network.round_trip + network.think) * 2);
    let patience = course.leaves_at().saturating_add(course.patience()).saturating_add(link);
    let played = companion.play(run, course.lane, patience, course.stop).await;
    let broken = played.err().map(|why| match course.stop.is_stopped() {
        true => Break::stopped(),
        false => {
            let what = Sentence::of(move || say!("The two servers did not come to an end{}", why.said()));
            Break::look(what, Symptom::Late)
        }
    });
    let failed = broken.as_ref().map(|it| Failure { at: now(), why: it.what.said() });
    let (lane, transport) = (course.lane, course.transport);
    (LaneLog { lane, transport, zero, requests: Vec::new(), socket: None, left: None, failed }, broken)
}
