//! A run from its beginning to its end: who is asked for what, in which order, and what is made of failures.

use tongue::{Sentence, say, word};
use trace::doctor::{Cause, Symptom};
use trace::live::{Plan, Ticket};
use trace::record::{Failure, LaneLog, align};
use trace::scenario::{Transport, Workload};

use super::address::{Address, HTTP, SOCKET};
use super::clock::now;
use super::companion::{Absent, Companion};
use super::course::{Advice, Break, Course, Pace, Place};
use super::doctor::Doctor;
use super::{Order, Outcome, Stop, clear, http_lane, socket_lane, webhook_lane, words};

/// Against a companion: a port for each lane, and afterwards the tap.
pub(super) async fn with_companion(
    order: &Order,
    base: &str,
    stop: &Stop,
    report: &dyn Fn(Sentence),
) -> Outcome {
    let outcome = Outcome::default();
    let looked = base.to_owned();
    report(Sentence::of(move || say!("Looking for the companion at {}.", looked)));
    let doctor = Doctor::on_duty();
    let companion = match find(base, &doctor, stop, report).await {
        Ok(companion) => companion,
        Err(problem) => return Outcome { problem: Some(problem), ..outcome },
    };
    let mut exchanges = companion.clock(stop).await;
    let plan = Plan {
        lanes: order.plan.lanes.clone(),
        network: order.network,
        workload: order.plan.workload,
        script: order.plan.script.clone(),
        manner: order.manner,
    };
    let ticket = match companion.open(&plan, stop).await {
        Ok(ticket) => ticket,
        Err(_) if stop.is_stopped() => return Outcome { problem: Some(Sentence::text(STOPPED)), ..outcome },
        Err(why) => {
            let problem = Sentence::of(move || {
                say!("The companion did not open a run{} Nothing is lost; run again.", why.said())
            });
            return Outcome { problem: Some(problem), ..outcome };
        }
    };
    let (logs, problems, lives) = lanes(order, &companion, &ticket, &doctor, stop, report).await;
    let mut outcome = Outcome { logs, ..outcome };
    if !lives {
        outcome.alignment = align(&exchanges);
        return end(outcome, problems);
    }
    report(Sentence::text(word!("Fetching what the companion witnessed.")));
    exchanges.extend(companion.clock(&Stop::new()).await);
    outcome.alignment = align(&exchanges);
    witness(order, &companion, &ticket, outcome, problems).await
}

/// Runs the lanes one after another; answers also whether the companion is still there.
async fn lanes(
    order: &Order,
    companion: &Companion,
    ticket: &Ticket,
    doctor: &Doctor,
    stop: &Stop,
    report: &dyn Fn(Sentence),
) -> (Vec<LaneLog>, Problems, bool) {
    let (mut logs, mut problems) = (Vec::new(), Problems::default());
    for lane in sequence(order) {
        if stop.is_stopped() {
            problems.others.push(Sentence::text(STOPPED));
            break;
        }
        let port = ticket.lanes.iter().find(|port| port.lane == lane).map(|port| port.port);
        let (Some(&transport), Some(port)) = (order.plan.lanes.get(usize::from(lane)), port) else {
            let fewer = word!("The companion opened fewer lanes than it was asked for.");
            problems.others.push(Sentence::text(fewer));
            break;
        };
        let scheme = if transport.is_http() { HTTP[0] } else { SOCKET[0] };
        let place = Place::Companion(companion.address.on_port(scheme, port));
        let workload = order.plan.workload;
        let pace = Pace::of(Pace::READABLE);
        let course = Course { order, stop, report, lane, transport, workload, place, pace };
        let (mut log, broken) = match transport {
            Transport::Webhook => webhook_lane::run(&course, companion, ticket.run).await,
            _ => run(&course).await,
        };
        let Some(broken) = broken else {
            logs.push(log);
            continue;
        };
        let lives = stop.is_stopped() || companion.health(&Stop::new()).await.is_ok();
        let look = if lives {
            look(doctor, &course, &broken, words::STILL_THERE).await
        } else {
            words::gone(&companion.address.url(""))
        };
        problems.broken.push(fail(&course, &mut log, &broken, &look));
        logs.push(log);
        if stop.is_stopped() || !lives {
            return (logs, problems, lives);
        }
    }
    (logs, problems, true)
}

/// Ends the run and fetches what the companion saw of it.
async fn witness(
    order: &Order,
    companion: &Companion,
    ticket: &Ticket,
    mut outcome: Outcome,
    mut problems: Problems,
) -> Outcome {
    match companion.end(ticket.run, order.plan.lanes.len()).await {
        Ok(tap) => outcome.tap = Some(tap),
        Err(why) => problems.others.push(match companion.health(&Stop::new()).await {
            Ok(()) => Sentence::of(move || {
                say!("What the companion witnessed cannot be had{} Run again.", why.said())
            }),
            Err(_) => words::gone(&companion.address.url("")),
        }),
    }
    if outcome.alignment.is_none() {
        let problem = word!(
            "The companion's clock cannot be read, so what it witnessed has no place in the picture. Run again."
        );
        problems.others.push(Sentence::text(problem));
    }
    end(outcome, problems)
}

/// Against a pair of public servers: an echo, and nobody to witness it.
pub(super) async fn with_public(
    order: &Order,
    http: &str,
    socket: &str,
    stop: &Stop,
    report: &dyn Fn(Sentence),
) -> Outcome {
    let mut outcome = Outcome::default();
    let (Some(http), Some(socket)) = (Address::read(http, HTTP), Address::read(socket, SOCKET)) else {
        let problem = word!(
            "A pair of servers needs two addresses, one that begins with https:// (or http://) and one that begins with wss:// (or ws://). Correct them and run again."
        );
        outcome.problem = Some(Sentence::text(problem));
        return outcome;
    };
    let (mut problems, doctor) = (Problems::default(), Doctor::on_duty());
    for address in [&http, &socket] {
        if let Err(certain) = doctor.foresee(address).await {
            return Outcome { problem: Some(Sentence::of(move || certain.told())), ..outcome };
        }
    }
    clear::make(stop).await;
    for lane in sequence(order) {
        if stop.is_stopped() {
            problems.others.push(Sentence::text(STOPPED));
            break;
        }
        let Some(&transport) = order.plan.lanes.get(usize::from(lane)) else { break };
        let address = if transport == Transport::WebSocket { &socket } else { &http };
        let place = Place::Public(address.clone());
        let (workload, pace) = (Workload::Echo, Pace::of(Pace::READABLE));
        let course = Course { order, stop, report, lane, transport, workload, place, pace };
        let (mut log, broken) = run(&course).await;
        let Some(broken) = broken else {
            outcome.logs.push(log);
            continue;
        };
        let look = look(&doctor, &course, &broken, words::TRY_ANOTHER).await;
        problems.broken.push(fail(&course, &mut log, &broken, &look));
        outcome.logs.push(log);
        if stop.is_stopped() {
            break;
        }
    }
    end(outcome, problems)
}

/// The companion at `base`, or what to say if there is none.
pub(super) async fn find(
    base: &str,
    doctor: &Doctor,
    stop: &Stop,
    report: &dyn Fn(Sentence),
) -> Result<Companion, Sentence> {
    let Some(companion) = Companion::at(base) else {
        let base = base.to_owned();
        return Err(Sentence::of(move || {
            say!(
                "“{}” is not the address of a companion: that looks like http://127.0.0.1:9080. Correct it and run again.",
                base
            )
        }));
    };
    match doctor.foresee(&companion.address).await {
        Err(certain) => return Err(Sentence::of(move || certain.told())),
        Ok(true) => report(Sentence::text(words::WILL_ASK)),
        Ok(false) => {}
    }
    clear::make(stop).await;
    match companion.health(stop).await {
        Ok(()) => Ok(companion),
        Err(_) if stop.is_stopped() => Err(Sentence::text(STOPPED)),
        Err(Absent::Stranger) => Err(words::stranger(base)),
        Err(Absent::Silent) => {
            let (found, _) = doctor.examine(&companion.address, Symptom::Rejected).await;
            let origin = || gloo::utils::window().location().origin().unwrap_or_default();
            Err(match found.cause {
                Cause::NotForUs => words::unknown_origin(base, &origin()),
                Cause::Nobody | Cause::Silence => words::silent(base),
                _ => Sentence::of(move || found.told()),
            })
        }
    }
}

/// What the doctor makes of a lane that broke off, and what to do; `usual` is for when nothing better is known.
async fn look(doctor: &Doctor, course: &Course<'_>, broken: &Break, usual: &'static str) -> Sentence {
    let usual = Sentence::text(usual);
    let Advice::Look(symptom) = broken.advice else { return usual };
    let (found, knock) = doctor.examine(course.place.address(), symptom).await;
    match found.cause {
        Cause::Nobody | Cause::Silence if knock.is_some() => words::followed(&found.what, &usual),
        // What the doctor found beyond what the lane can say itself: on this side, or behind the door.
        Cause::File
        | Cause::Policy
        | Cause::Mixed
        | Cause::Insecure
        | Cause::Denied
        | Cause::Prompt
        | Cause::NotWebSocket
        | Cause::Handshake
        | Cause::NotForUs => Sentence::of(move || found.told()),
        _ => usual,
    }
}

/// The lanes in the order in which they run.
fn sequence(order: &Order) -> Vec<u8> {
    let lanes = 0..u8::try_from(order.plan.lanes.len()).unwrap_or(u8::MAX);
    if order.reversed { lanes.rev().collect() } else { lanes.collect() }
}

async fn run(course: &Course<'_>) -> (LaneLog, Option<Break>) {
    let (name, of, transport) = (course.name(), course.order.plan.lanes.len(), course.transport);
    (course.report)(Sentence::of(move || {
        say!("{} of {} is running: {}.", name.said(), of, transport.name())
    }));
    if course.transport.is_http() { http_lane::run(course).await } else { socket_lane::run(course).await }
}

/// Writes into the log why its lane broke off; answers the lane and the same words for the whole run.
fn fail(course: &Course<'_>, log: &mut LaneLog, broken: &Break, look: &Sentence) -> (Sentence, Sentence) {
    let why = words::why(broken, look);
    let problem = match broken.advice {
        Advice::Nothing => Sentence::text(STOPPED),
        _ => {
            let (name, transport, why) = (course.name(), course.transport, why.clone());
            Sentence::of(move || say!("{} ({}) broke off. {}", name.said(), transport.name(), why.said()))
        }
    };
    // The lane itself wrote down when.
    let at = log.failed.as_ref().map_or_else(now, |failure| failure.at);
    log.failed = Some(Failure { at, why: why.said() });
    (course.name(), problem)
}

/// What went wrong in a run.
#[derive(Default)]
struct Problems {
    /// Lanes that broke off, each with what there is to say about it.
    broken: Vec<(Sentence, Sentence)>,
    /// Whatever concerns all lanes.
    others: Vec<Sentence>,
}

impl Problems {
    /// The first of each kind in full: what comes after it mostly has the same cause.
    fn told(&self) -> Option<Sentence> {
        let first = self.broken.first().map(|(_, why)| why.clone());
        let more = self.broken.iter().skip(1).map(|(name, _)| name.clone());
        let more =
            more.reduce(|names, name| Sentence::of(move || say!("{} and {}", names.said(), name.said())));
        let more = more.map(|names| Sentence::of(move || say!("{} broke off, too.", names.said())));
        let sentences = [first, more, self.others.first().cloned()].into_iter().flatten();
        let told = sentences.reduce(|told, sentence| words::followed(&told, &sentence));
        told.map(|told| words::followed(&told, &Sentence::text(words::KEPT)))
    }
}

/// Logs left to right, whatever order they ran in, and what went wrong.
fn end(mut outcome: Outcome, problems: Problems) -> Outcome {
    outcome.logs = trace::order::sorted(outcome.logs, |log| u64::from(log.lane));
    Outcome { problem: problems.told(), ..outcome }
}

/// The visitor's own wish.
const STOPPED: &str = word!("You stopped the run.");

#[cfg(test)]
mod tests {
    use super::*;

    fn check(broken: &[(&'static str, &'static str)], others: &[&'static str], expected: Option<&str>) {
        let broken = broken.iter().map(|&(name, why)| (Sentence::text(name), Sentence::text(why))).collect();
        let problems = Problems { broken, others: others.iter().map(|&it| Sentence::text(it)).collect() };
        assert_eq!(problems.told().map(|it| it.said()).as_deref(), expected);
    }

    #[test]
    fn what_is_told_of_problems() {
        const STAYS: &str = "What was recorded until then stays.";
        check(&[], &[], None);
        check(&[("Lane A", "A broke.")], &[], Some(&format!("A broke. {STAYS}")));
        check(
            &[("Lane A", "A broke."), ("Lane B", "B broke."), ("Lane D", "D broke.")],
            &["No tap.", "No clock."],
            Some(&format!("A broke. Lane B and Lane D broke off, too. No tap. {STAYS}")),
        );
    }
}
