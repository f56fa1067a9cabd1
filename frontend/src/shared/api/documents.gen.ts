// Generated from contracts/documents.openapi.json by `npm run generate`.

export interface paths {
    "/api/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your documents, the last changed first */
        get: operations["listDocuments"];
        put?: never;
        /** Save a new document */
        post: operations["createDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import a ZIP archive of Markdown files
         * @description Each becomes a new document. Its title and tags are those of its front matter, else the title is its first heading,
         *     or the file's name. The job's report says what became of each file.
         */
        post: operations["importDocuments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your jobs, the last first
         * @description Those that have ended can be seen for a week.
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See how a job is getting on */
        get: operations["readJob"];
        put?: never;
        post?: never;
        /**
         * Cancel a job
         * @description What it has done stays, and its report tells of it. 409 if it has ended.
         */
        delete: operations["cancelJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/jobs/{job_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what became of each thing that the job is about
         * @description While the job runs, the report grows.
         */
        get: operations["readJobReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the samples that anyone may read */
        get: operations["listSamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/samples/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the samples, the best match first
         * @description The same search that people use on their own documents.
         */
        get: operations["searchSamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/samples/{document_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a sample */
        get: operations["readSample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search your documents, the best match first
         * @description Titles, tags and texts are searched. Case and accents make no difference.
         */
        get: operations["searchDocuments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{document_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a document */
        get: operations["readDocument"];
        /**
         * Replace a document
         * @description `If-Match` names the version that you have read: without it 428, and 412 if somebody saved meanwhile. With
         *     `If-None-Match: *` instead the document is new, under an id of your own making (a UUIDv7), and 412 if it is there
         *     already: sent twice, it is saved once.
         */
        put: operations["replaceDocument"];
        post?: never;
        /**
         * Delete a document
         * @description With `If-Match`, only if nobody saved another version meanwhile (else 412).
         */
        delete: operations["deleteDocument"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Counts
         * @description Lines of the report by their outcome.
         */
        Counts: {
            /** Failed */
            failed: number;
            /** Left Out */
            left_out: number;
            /** Succeeded */
            succeeded: number;
        };
        /**
         * Document
         * @description A saved document.
         */
        Document: {
            /** Body */
            body: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * DocumentDraft
         * @description What a person writes.
         */
        DocumentDraft: {
            /**
             * Body
             * @description Markdown, up to 1 MB of UTF-8
             * @default
             */
            body: string;
            /**
             * Tags
             * @description Compared without case; repeats are dropped
             */
            tags?: string[];
            /**
             * Title
             * @description One line
             */
            title: string;
        };
        /**
         * DocumentPage
         * @description Documents, the last changed first.
         */
        DocumentPage: {
            /** Items */
            items: components["schemas"]["DocumentSummary"][];
            /**
             * Next
             * @description Cursor of the next page; null on the last
             */
            next: string | null;
        };
        /**
         * DocumentSummary
         * @description A document in a list.
         */
        DocumentSummary: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Excerpt
             * @description How it begins, as plain text
             */
            excerpt: string;
            /** Id */
            id: string;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * Job
         * @description Long work on somebody's behalf.
         */
        Job: {
            counts: components["schemas"]["Counts"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Done */
            done: number;
            /** Ended At */
            ended_at: string | null;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /**
             * Params
             * @description What was asked for, as the kind of job has it
             */
            params: {
                [key: string]: unknown;
            };
            /** @description Of a failure; what was done before it stays */
            reason: components["schemas"]["Reason"] | null;
            /** Started At */
            started_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "running" | "done" | "failed" | "cancelled";
            /**
             * Total
             * @description Null until it is known
             */
            total: number | null;
        };
        /**
         * JobPage
         * @description Jobs, the last submitted first.
         */
        JobPage: {
            /** Items */
            items: components["schemas"]["Job"][];
            /**
             * Next
             * @description Cursor of the next page; null on the last
             */
            next: string | null;
        };
        Problem: {
            detail: string;
            errors?: {
                detail: string;
                pointer: string;
            }[];
            request_id?: string | null;
            status: number;
            title: string;
            /** Format: uri-reference */
            type: string;
        };
        /**
         * Reason
         * @description Why a job has failed.
         */
        Reason: {
            /**
             * Code
             * @description A word for programs, such as `suspended`
             */
            code: string;
            /**
             * Detail
             * @description A sentence for people: what happened, and what to do
             */
            detail: string;
        };
        /**
         * ReportLine
         * @description What became of one thing that the job was about.
         */
        ReportLine: {
            /**
             * Code
             * @description A word for programs
             */
            code: string | null;
            /**
             * Detail
             * @description A sentence for people
             */
            detail: string | null;
            /** Number */
            number: number;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "succeeded" | "left_out" | "failed";
            /**
             * Result
             * @description Id of what was made of it
             */
            result: string | null;
            /** Subject */
            subject: string;
        };
        /**
         * ReportPage
         * @description A part of a job's report, in its order.
         */
        ReportPage: {
            /** Items */
            items: components["schemas"]["ReportLine"][];
            /**
             * Next
             * @description Cursor of the next page; null when there is no more so far
             */
            next: string | null;
        };
        /**
         * Sample
         * @description A sample to read.
         */
        Sample: {
            /**
             * Body
             * @description Markdown
             */
            body: string;
            /** Id */
            id: string;
            /**
             * Locale
             * @description The language it is written in: es or en
             */
            locale: string;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
        };
        /**
         * SampleHit
         * @description A sample that was found.
         */
        SampleHit: {
            /**
             * Excerpt
             * @description How it begins, as plain text
             */
            excerpt: string;
            /** Id */
            id: string;
            /**
             * Locale
             * @description The language it is written in: es or en
             */
            locale: string;
            /**
             * Snippet
             * @description Plain text around the first match, in pieces: join them, and mark those with `match`
             */
            snippet: components["schemas"]["SnippetPart"][];
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
        };
        /**
         * SampleHits
         * @description Samples that were found, the best first.
         */
        SampleHits: {
            /** Items */
            items: components["schemas"]["SampleHit"][];
            /**
             * Next
             * @description There is one page only
             */
            next: null;
        };
        /**
         * SamplePage
         * @description All samples.
         */
        SamplePage: {
            /** Items */
            items: components["schemas"]["SampleSummary"][];
            /**
             * Next
             * @description There is one page only
             */
            next: null;
        };
        /**
         * SampleSummary
         * @description A sample in a list.
         */
        SampleSummary: {
            /**
             * Excerpt
             * @description How it begins, as plain text
             */
            excerpt: string;
            /** Id */
            id: string;
            /**
             * Locale
             * @description The language it is written in: es or en
             */
            locale: string;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
        };
        /**
         * SearchHit
         * @description A document that was found.
         */
        SearchHit: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Excerpt
             * @description How it begins, as plain text
             */
            excerpt: string;
            /** Id */
            id: string;
            /**
             * Snippet
             * @description Plain text around the first match, in pieces: join them, and mark those with `match`
             */
            snippet: components["schemas"]["SnippetPart"][];
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * SearchPage
         * @description Documents that were found, the best first.
         */
        SearchPage: {
            /** Items */
            items: components["schemas"]["SearchHit"][];
            /**
             * Next
             * @description Cursor of the next page; null on the last
             */
            next: string | null;
        };
        /**
         * SnippetPart
         * @description A piece of plain text; those that matched the search are marked.
         */
        SnippetPart: {
            /** Match */
            match: boolean;
            /** Text */
            text: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listDocuments: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                tag?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of documents */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentPage"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentDraft"];
            };
        };
        responses: {
            /** @description The new document */
            201: {
                headers: {
                    etag: string;
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importDocuments: {
        parameters: {
            query?: {
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A ZIP archive of up to 16 MB with up to 2,000 Markdown files in it */
        requestBody: {
            content: {
                "application/zip": string;
            };
        };
        responses: {
            /** @description The job that imports it */
            202: {
                headers: {
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of jobs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is cancelled */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readJobReport: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: number;
                outcome?: "succeeded" | "left_out" | "failed";
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportPage"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSamples: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All samples */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SamplePage"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchSamples: {
        parameters: {
            query: {
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The samples that were found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleHits"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sample */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sample"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchDocuments: {
        parameters: {
            query: {
                q: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of documents that were found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchPage"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDocument: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string;
            };
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description You have this version already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceDocument: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
                "if-none-match"?: string;
            };
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentDraft"];
            };
        };
        responses: {
            /** @description The saved document */
            200: {
                headers: {
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description It is new */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDocument: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
