import { useAnswer } from "../backend/useAnswer";
import { ConnectionTrouble } from "./ConnectionTrouble";

/** What is wrong with the connections, if anything. */
export function ConnectionBanner() {
  const operators = useAnswer("operators", ["operators"], (backend) => backend.listOperators());
  const troubled = operators.value?.filter(({ connection }) => connection !== "connected") ?? [];

  return (
    <div role="status" className="banners">
      {troubled.map((operator) => (
        <ConnectionTrouble key={operator.id} operator={operator} />
      ))}
    </div>
  );
}
