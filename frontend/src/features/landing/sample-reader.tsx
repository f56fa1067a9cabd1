import { useQuery } from "@tanstack/react-query";
import { Markdown } from "@/shared/ui/markdown";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { readSample } from "./api/read-sample";

/** The whole text of a sample. Loaded when the first is opened, with what Markdown needs. */
export default function SampleReader({ id }: { id: string }) {
  const sample = useQuery({
    queryKey: ["sample", id],
    queryFn: ({ signal }) => readSample(id, signal),
    staleTime: Infinity,
  });
  if (sample.isError) {
    return <ProblemMessage error={sample.error} retry={() => void sample.refetch()} />;
  }
  return sample.data ? <Markdown text={sample.data.body} below /> : <Waiting />;
}
