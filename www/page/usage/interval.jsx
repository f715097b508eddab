// How far back numbers go.
import { Field } from "../parts/field.jsx";

const titles = {
  "15min": "Last 15 minutes",
  "30min": "Last 30 minutes",
  "1hr": "Last hour",
  "3hr": "Last 3 hours",
  "1day": "Last day",
  "3day": "Last 3 days",
  "7day": "Last 7 days",
};

/** @param intervals those that the endpoint takes */
export const Interval = ({ intervals, value, onValue }) => (
  <div class="interval">
    <Field as="select" label="Time" value={value} onChange={(event) => onValue(event.target.value)}>
      {intervals.map((interval) => (
        <option key={interval} value={interval}>
          {titles[interval]}
        </option>
      ))}
    </Field>
  </div>
);
