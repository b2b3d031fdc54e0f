//! The sample city with its operator, on a clock of its own.

use std::sync::Arc;

use consent::{PersonId, RequestId};
use jiff::{SignedDuration, Timestamp};
use operator_client::{Http, Limits};
use operator_server::{
    Operator, Pace, Pilot, RunningOperator, Settings, StandingClock, TestHandle,
};
use tokio::runtime::Runtime;

use crate::Device;

/// Aino, who decides.
pub const AINO: &str = "urn:mdc:surrogate:aino";
/// Eero, her son, who starts preschool.
pub const EERO: &str = "urn:mdc:surrogate:eero";
/// Helmi, her daughter.
pub const HELMI: &str = "urn:mdc:surrogate:helmi";
/// Johan, who reads Swedish.
pub const JOHAN: &str = "urn:mdc:surrogate:johan";

/// When every story begins.
const BEGINNING: &str = "2026-11-22T08:00:00Z";

/// The sample city. Nothing happens in it but what a test has happen.
pub struct Town {
    pub(crate) runtime: Runtime,
    pub(crate) clock: Arc<StandingClock>,
    pub(crate) http: Http,
    operator: Option<RunningOperator>,
}

impl Town {
    /// Opens the city.
    pub fn open() -> Self {
        let runtime = Runtime::new().unwrap();
        let clock = Arc::new(StandingClock::at(BEGINNING.parse().unwrap()));
        let settings = Settings {
            pace: Pace::ByHand,
            ..Settings::embedded(None)
        };
        let operator = runtime
            .block_on(Operator::start(settings, clock.clone()))
            .unwrap();
        Self {
            runtime,
            clock,
            http: Http::new(Limits::default()).unwrap(),
            operator: Some(operator),
        }
    }

    /// Returns a device of Aino's, signed in, with everything fetched.
    pub fn device(&self) -> Device<'_> {
        self.device_of(AINO)
    }

    /// Returns a device of `resident`'s, signed in, with everything fetched.
    pub fn device_of(&self, resident: &str) -> Device<'_> {
        let mut device = Device::in_memory(self);
        device.sign_in(resident);
        device.sync();
        device
    }

    /// Has a service ask about `subject`, as its template in the city says.
    pub fn ask(&self, template: &str, subject: &str) -> RequestId {
        let subject = PersonId::parse(subject).unwrap();
        self.pilot().issue_request(template, &subject).unwrap()
    }

    /// Returns what plays the city's services by hand.
    pub fn pilot(&self) -> Pilot {
        self.operator().pilot()
    }

    /// Returns what makes the operator misbehave.
    pub fn trouble(&self) -> TestHandle {
        self.operator().test_handle()
    }

    /// Returns the operator's address.
    pub fn address(&self) -> &str {
        self.operator().base_url()
    }

    /// Returns what time it is in the city.
    pub fn now(&self) -> Timestamp {
        operator_server::Clock::now(&*self.clock)
    }

    /// Lets time pass.
    pub fn wait(&self, time: SignedDuration) {
        self.clock.advance(time);
    }

    /// Runs `story` while the city goes on.
    pub fn run<T>(&self, story: impl Future<Output = T>) -> T {
        self.runtime.block_on(story)
    }

    fn operator(&self) -> &RunningOperator {
        self.operator.as_ref().unwrap()
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        if let Some(operator) = self.operator.take() {
            self.runtime.block_on(operator.shutdown());
        }
    }
}
