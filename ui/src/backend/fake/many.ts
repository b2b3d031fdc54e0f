import type { FakeData } from "./data";
import { manyUses } from "./sampleUses";
import { longFile } from "./sampleSources";
import { name } from "./words";

const LONG =
  "Helsingin kaupungin kasvatuksen ja koulutuksen toimialan varhaiskasvatus- ja esiopetuspalvelujen " +
  "asiakasohjausyksikön Kaakkoisdonaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

/** A hundred of everything. */
export function hundred(data: FakeData): void {
  const [request] = data.requests;
  const [permission] = data.permissions;
  const [offer] = data.offers;
  for (let index = 0; index < 100; index += 1) {
    const mark = String(index + 1);
    if (request) {
      data.requests.push({
        ...request,
        summary: { ...request.summary, id: `request-${mark}`, service: name(`Palvelu ${mark}`) },
      });
    }
    if (permission) {
      data.permissions.push({
        ...permission,
        id: `permission-${mark}`,
        serviceId: `service-${String(index % 20)}`,
        service: name(`Palvelu ${String((index % 20) + 1)}`),
      });
    }
    if (offer) {
      data.offers.push({ ...offer, id: `offer-${mark}`, title: name(`Ehdotus ${mark}`) });
    }
  }
  data.uses.push(...manyUses(100));
  data.sources.push(longFile());
}

/** Names as long as an organisation can think of, with a word that does not fit a line. */
export function longNames(data: FakeData): void {
  for (const request of data.requests) {
    request.summary.service = name(LONG);
    request.summary.requester = name(LONG);
    request.summary.purpose = name(LONG);
    request.summary.subject = { isSelf: false, name: LONG };
    request.recipients = [name(LONG), name(LONG)];
    request.contact = `${"tietosuoja.".repeat(12)}@example.fi`;
    for (const field of request.fields) {
      field.label = name(LONG);
    }
  }
  for (const permission of data.permissions) {
    permission.service = name(LONG);
    permission.purpose = name(LONG);
    permission.requester = name(LONG);
  }
  for (const { view } of data.sources) {
    view.title = name(LONG);
  }
  for (const use of data.uses) {
    use.party = name(LONG);
  }
  for (const offer of data.offers) {
    offer.title = name(LONG);
  }
  for (const operator of data.operators) {
    operator.name = name(LONG);
    operator.url = `https://${"operaattori.".repeat(12)}fi`;
  }
}
