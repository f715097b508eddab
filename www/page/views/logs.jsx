// What a project has been doing: requests over time, its logs, and how its database is doing.
import { Section } from "../parts/section.jsx";
import { ApiUsage } from "../usage/api-usage.jsx";
import { LogSearch } from "../usage/log-search.jsx";
import { Metrics } from "../usage/metrics.jsx";

export default ({ project: { ref } }) => (
  <>
    <Section title="Requests">
      <ApiUsage projectRef={ref} />
    </Section>
    <Section title="Logs">
      <LogSearch projectRef={ref} />
    </Section>
    <Section title="Database and machine" text="As they are right now.">
      <Metrics projectRef={ref} />
    </Section>
  </>
);
