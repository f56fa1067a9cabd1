import { useStore } from "@/shared/store";
import classes from "@/shared/signed-in/toasts.module.css";
import { EndedJob } from "./ended-job";
import { followed } from "./followed";

/** Tells on every page of the app how jobs have ended that were seen under way. */
export function EndedJobs() {
  const jobs = useStore(followed);
  return (
    <div role="status" className={classes.group}>
      {jobs.map((job) => (
        <EndedJob key={job.id} {...job} />
      ))}
    </div>
  );
}
