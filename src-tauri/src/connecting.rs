//! Connecting an operator: discovery, sign-in in the system's browser, enrolment of this device.

use app::{SignedIn, view::OperatorView};
use consent::OperatorId;
use operator_client::{SignIn, discover, enrol};
use operator_protocol::key::SigningKey;
use operator_sync::{Tokens, contact::Discovered};
use pii::{Personal, Secret};
use url::Url;

use crate::{
    shell::{Shell, now},
    ui_error::ShellError,
};

/// How the person is identified at the operator.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Door<'a> {
    /// In the system's browser.
    Browser,
    /// As this resident of the sample city, without a page.
    SampleResident(&'a str),
}

impl Shell {
    /// Connects the operator at `base`, or signs in to it again, and starts the exchange with it.
    pub(crate) async fn connect(
        &self,
        base: &Url,
        door: Door<'_>,
    ) -> Result<OperatorView, ShellError> {
        let discovered = discover(&self.http, base).await?;
        let operator = discovered.operator.clone();
        let known = self.with_vault(|vault| app::device_seed(vault, &operator))?;
        let tokens = self.sign_in(&discovered, door).await?;

        let seed = match known {
            Some(seed) => seed,
            None => fresh_seed()?,
        };
        let key = SigningKey::from_seed(seed.clone());
        let name = Personal::new("Lokero".to_owned());
        let enrolled = enrol(&self.http, &discovered, &tokens.access, &key, name, now()).await?;
        let signed_in = SignedIn {
            is_sample: matches!(door, Door::SampleResident(_)),
            discovered,
            tokens,
            device_seed: seed,
            binding: Personal::new(enrolled.jws),
            stream: None,
        };
        let view = self.with_vault(|vault| app::connect_operator(vault, signed_in, now()))?;
        self.exchanges.start(self, operator);
        Ok(view)
    }

    async fn sign_in(&self, discovered: &Discovered, door: Door<'_>) -> Result<Tokens, ShellError> {
        let (sign_in, url) = SignIn::begin(discovered, self.language(), acr(discovered)).await?;
        match door {
            Door::SampleResident(resident) => {
                Ok(sign_in.follow(&self.http, &url, resident).await?)
            }
            Door::Browser => {
                self.set_sign_in(Some(sign_in.canceller()));
                open::that_detached(url.as_str()).map_err(|_| ShellError::NoBrowser)?;
                let tokens = sign_in.finish(&self.http).await;
                crate::window::bring_up(&self.app);
                Ok(tokens?)
            }
        }
    }

    /// Starts the exchanges with every operator in the vault, the sample city first if it is one.
    /// A city that cannot start is one that cannot be reached: the exchange keeps trying.
    pub(crate) async fn resume_exchanges(&self) -> Result<(), ShellError> {
        let operators = self.with_vault(|vault| app::list_operators(vault))?;
        if operators.iter().any(|operator| operator.is_sample)
            && let Err(error) = self.start_sample_city().await
        {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "The sample city did not start");
        }
        for operator in operators {
            if let Ok(id) = OperatorId::parse(operator.id) {
                self.exchanges.start(self, id);
            }
        }
        Ok(())
    }
}

/// Returns how strongly the operator wants people identified before they decide.
fn acr(discovered: &Discovered) -> Option<&str> {
    let values = discovered.resource.mydata_operator.acr_values.as_ref();
    values.map(|values| values.consent.as_str())
}

fn fresh_seed() -> Result<Secret<[u8; 32]>, ShellError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| ShellError::NoRandomness)?;
    Ok(Secret::new(seed))
}
