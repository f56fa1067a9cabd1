// Generated from contracts/ai.openapi.json by `npm run generate`.

export interface paths {
    "/api/ai/ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask one's own documents
         * @description A model answers from passages of them, and each sentence is shown with the passages that it rests on. Where nothing
         *     is found, no model is asked.
         */
        post: operations["askDocuments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See the budgets that were set. */
        get: operations["listBudgets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/budgets/{scope}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set a budget for everyone, for a role or for a person. */
        put: operations["setBudget"];
        post?: never;
        /** Remove a budget that was set. */
        delete: operations["removeBudget"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/jobs": {
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
        /**
         * Begin long work with your documents
         * @description What it makes, a summary or a translation, is a new document of yours; its id is the `result` in the job's report.
         *     All but `index` need `documents:write`, too.
         */
        post: operations["createJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/jobs/{job_id}": {
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
    "/api/ai/jobs/{job_id}/report": {
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
    "/api/ai/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search one's own documents by meaning and by words
         * @description Both rankings become one by reciprocal rank fusion.
         */
        post: operations["searchByMeaning"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suggest tags for a text
         * @description Those of one's own that fit by meaning, and new ones from the text.
         */
        post: operations["suggestTags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/tags/{suggestion_id}/choice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell which tags were chosen
         * @description Once for each suggestion. What is told improves later suggestions.
         */
        post: operations["chooseTags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/trial/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a short chat. */
        post: operations["tryChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/trial/language": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell the language of a text */
        post: operations["tryLanguage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/trial/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search the samples by meaning and by words */
        post: operations["trySearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/trial/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suggest tags for a text, those of the samples among them */
        post: operations["tryTags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See one's own budgets, and what one has used. */
        get: operations["readUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/usage/everybody": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what everybody has used, by person, model and day. */
        get: operations["readEverybodysUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/usage/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a file for spreadsheets. */
        get: operations["exportUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/usage/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what was used by day and by model. */
        get: operations["getUsageOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/usage/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See who used most. */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/usage/people/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See somebody's budgets, and for whom they were set. */
        get: operations["readUsersBudgets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Continue a conversation. */
        post: operations["createChatCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/v1/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn texts into vectors. */
        post: operations["createEmbeddings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the models */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
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
         * AllowanceOut
         * @description Both budgets of one person, and whose they are: a person's own come first, then the largest of their roles'.
         */
        AllowanceOut: {
            day: components["schemas"]["PeriodOut"];
            month: components["schemas"]["PeriodOut"];
            /**
             * Scope
             * @enum {string}
             */
            scope: "person" | "role" | "everyone" | "default";
        };
        /**
         * AskIn
         * @description A question to one's own documents.
         */
        AskIn: {
            /**
             * Model
             * @description As `/api/ai/v1/models` lists them; null: the first for chat
             * @default null
             */
            model: string | null;
            /** Question */
            question: string;
            /**
             * Stream
             * @description As server-sent events: `passages`, pieces of the answer and its cost, `citations`
             * @default false
             */
            stream: boolean;
        };
        /**
         * AskOut
         * @description An answer with its sources, or none where there are no sources.
         */
        AskOut: {
            /**
             * Answer
             * @description null: nothing in the documents has to do with it, and no model was asked
             */
            answer: string | null;
            /** Citations */
            citations: components["schemas"]["Citation"][];
            /**
             * Grounded
             * @description Whether any of the answer rests on a passage
             */
            grounded: boolean;
            /** Model */
            model: string | null;
            /** Passages */
            passages: components["schemas"]["AskedPassage"][];
            /** @description What it cost; null: no model was asked */
            usage: components["schemas"]["Usage"] | null;
        };
        /**
         * AskedPassage
         * @description A passage that the model was given, under the number by which it is cited.
         */
        AskedPassage: {
            /** Document Id */
            document_id: string;
            /** Number */
            number: number;
            /** Similarity */
            similarity: number;
            /** Start */
            start: number | null;
            /** Text */
            text: string;
            /** Title */
            title: string;
        };
        /**
         * BudgetIn
         * @description Tokens that may be used.
         */
        BudgetIn: {
            /** Day */
            day: number;
            /** Month */
            month: number;
        };
        /**
         * BudgetOut
         * @description For everyone (`name` is `all`), for who has a role, or for one person.
         */
        BudgetOut: {
            /** Day */
            day: number;
            /** Month */
            month: number;
            /** Name */
            name: string;
            /**
             * Scope
             * @enum {string}
             */
            scope: "everyone" | "role" | "person";
        };
        /**
         * BudgetsOut
         * @description What was set, and what holds where nothing was.
         */
        BudgetsOut: {
            default: components["schemas"]["BudgetIn"];
            /** Items */
            items: components["schemas"]["BudgetOut"][];
        };
        /**
         * ChatIn
         * @description A conversation that is to be continued.
         */
        ChatIn: {
            /**
             * Frequency Penalty
             * @default null
             */
            frequency_penalty: number | null;
            /**
             * Max Completion Tokens
             * @default null
             */
            max_completion_tokens: number | null;
            /**
             * Max Tokens
             * @default null
             */
            max_tokens: number | null;
            /** Messages */
            messages: components["schemas"]["Message"][];
            /**
             * Metadata
             * @default null
             */
            metadata: {
                [key: string]: string;
            } | null;
            /** Model */
            model: string;
            /**
             * N
             * @default 1
             */
            n: 1 | null;
            /**
             * Parallel Tool Calls
             * @default null
             */
            parallel_tool_calls: boolean | null;
            /**
             * Presence Penalty
             * @default null
             */
            presence_penalty: number | null;
            /**
             * Reasoning Effort
             * @default null
             */
            reasoning_effort: string | null;
            /** @default null */
            response_format: components["schemas"]["ResponseFormat"] | null;
            /**
             * Seed
             * @default null
             */
            seed: number | null;
            /**
             * Stop
             * @default null
             */
            stop: string | string[] | null;
            /**
             * Store
             * @default null
             */
            store: false | null;
            /**
             * Stream
             * @default false
             */
            stream: boolean | null;
            /** @default null */
            stream_options: components["schemas"]["StreamOptions"] | null;
            /**
             * Temperature
             * @default null
             */
            temperature: number | null;
            /**
             * Tool Choice
             * @default null
             */
            tool_choice: ("none" | "auto" | "required") | components["schemas"]["ToolChoice"] | null;
            /**
             * Tools
             * @default null
             */
            tools: components["schemas"]["Tool"][] | null;
            /**
             * Top P
             * @default null
             */
            top_p: number | null;
            /**
             * User
             * @default null
             */
            user: string | null;
        };
        /**
         * ChatOut
         * @description A whole answer; a streamed one comes in pieces of the same kind.
         */
        ChatOut: {
            /** Choices */
            choices: components["schemas"]["Choice"][];
            /** Created */
            created: number;
            /** Id */
            id: string;
            /** Model */
            model: string;
            /**
             * Object
             * @default chat.completion
             * @constant
             */
            object: "chat.completion";
            usage: components["schemas"]["Usage"];
        };
        /**
         * Choice
         * @description One answer.
         */
        Choice: {
            /** Finish Reason */
            finish_reason: string | null;
            /** Index */
            index: number;
            /**
             * Logprobs
             * @default null
             */
            logprobs: {
                [key: string]: unknown;
            } | null;
            /** Message */
            message: {
                [key: string]: unknown;
            };
        };
        /**
         * ChoiceIn
         * @description What the person kept, of what was offered and beside it.
         */
        ChoiceIn: {
            /**
             * Document Id
             * @description Its id, if it has been saved meanwhile
             * @default null
             */
            document_id: string | null;
            /** Tags */
            tags: string[];
        };
        /**
         * Citation
         * @description What a sentence of the answer rests on.
         */
        Citation: {
            /**
             * By
             * @description The model named them; or their meaning is near; or there are none
             * @enum {string}
             */
            by: "model" | "similarity" | "nothing";
            /**
             * Passages
             * @description Numbers of passages; none: nothing supports it, or what it quotes is not in them
             */
            passages: number[];
            /**
             * Sentence
             * @description As it stands in the answer, with the marks that the model wrote
             */
            sentence: string;
        };
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
        /** DayShareOut */
        DayShareOut: {
            /** Completion Tokens */
            completion_tokens: number;
            /** Day */
            day: string;
            /**
             * People
             * @description How many used something; visitors are none of them
             */
            people: number;
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Requests */
            requests: number;
        };
        /**
         * EmbeddingOut
         * @description One vector: numbers, or float32 in little-endian order and base64.
         */
        EmbeddingOut: {
            /** Embedding */
            embedding: number[] | string;
            /** Index */
            index: number;
            /**
             * Object
             * @default embedding
             * @constant
             */
            object: "embedding";
        };
        /**
         * EmbeddingUsage
         * @description What it cost, in tokens.
         */
        EmbeddingUsage: {
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Total Tokens */
            total_tokens: number;
        };
        /**
         * EmbeddingsIn
         * @description One text or several.
         */
        EmbeddingsIn: {
            /**
             * Dimensions
             * @default null
             */
            dimensions: number | null;
            /**
             * Encoding Format
             * @default float
             */
            encoding_format: ("float" | "base64") | null;
            /** Input */
            input: string | string[];
            /** Model */
            model: string;
            /**
             * User
             * @default null
             */
            user: string | null;
        };
        /**
         * EmbeddingsOut
         * @description The vectors, in the order of the texts.
         */
        EmbeddingsOut: {
            /** Data */
            data: components["schemas"]["EmbeddingOut"][];
            /** Model */
            model: string;
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
            usage: components["schemas"]["EmbeddingUsage"];
        };
        /** Function */
        Function: {
            /**
             * Description
             * @default null
             */
            description: string | null;
            /** Name */
            name: string;
            /**
             * Parameters
             * @default null
             */
            parameters: {
                [key: string]: unknown;
            } | null;
            /**
             * Strict
             * @default null
             */
            strict: boolean | null;
        };
        /** FunctionName */
        FunctionName: {
            /** Name */
            name: string;
        };
        /**
         * HitOut
         * @description A document that was found.
         */
        HitOut: {
            /** Document Id */
            document_id: string;
            /** Found By */
            found_by: ("meaning" | "words")[];
            passage: components["schemas"]["PassageOut"];
            /**
             * Score
             * @description For comparing within this answer: the sum of both searches' reciprocal ranks
             */
            score: number;
            /**
             * Similarity
             * @description How near its meaning is, 1 at most; null: found by its words only
             */
            similarity: number | null;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
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
         * JobIn
         * @description Long work that is to be done with one's documents.
         */
        JobIn: {
            /**
             * Document
             * @description Which one; for `summarise` and `translate`
             * @default null
             */
            document: string | null;
            /**
             * Into
             * @description The language that it is translated into
             * @default null
             */
            into: ("es" | "en") | null;
            /**
             * Kind
             * @description `summarise` or `translate` one document; `index` all again; `tag` all
             * @enum {string}
             */
            kind: "summarise" | "translate" | "index" | "tag";
            /**
             * Model
             * @description For `summarise` and `translate`, as `/api/ai/v1/models` lists them; null: the first for chat, and for a translation, where that is the bundled one, the dictionaries of Apertium
             * @default null
             */
            model: string | null;
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
        /**
         * LanguageOut
         * @description How the question was read.
         */
        LanguageOut: {
            /**
             * Code
             * @description Language (ISO 639); `und`: it cannot be told
             */
            code: string;
            /**
             * Spanish
             * @description Whether Spanish is translated here: else it is found less well
             */
            spanish: boolean;
            /**
             * Translated
             * @description Whether it was put into English words first
             */
            translated: boolean;
        };
        /**
         * Line
         * @description One thing that was said.
         */
        Line: {
            /** Content */
            content: string;
            /** Role */
            role: string;
        };
        /**
         * Message
         * @description One message. Clients send back what they got: what else was in it is passed over.
         */
        Message: {
            /**
             * Content
             * @default null
             */
            content: (string | (components["schemas"]["TextPart"] | components["schemas"]["RefusalPart"] | components["schemas"]["PicturePart"] | components["schemas"]["SoundPart"])[]) | null;
            /**
             * Name
             * @default null
             */
            name: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "system" | "developer" | "user" | "assistant" | "tool";
            /**
             * Tool Call Id
             * @default null
             */
            tool_call_id: string | null;
            /**
             * Tool Calls
             * @default null
             */
            tool_calls: {
                [key: string]: unknown;
            }[] | null;
        };
        /**
         * ModelOut
         * @description One model.
         */
        ModelOut: {
            /** Created */
            created: number;
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "chat" | "embedding";
            /**
             * Object
             * @default model
             * @constant
             */
            object: "model";
            /** Owned By */
            owned_by: string;
        };
        /** ModelShareOut */
        ModelShareOut: {
            /** Completion Tokens */
            completion_tokens: number;
            /** Model */
            model: string;
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Requests */
            requests: number;
        };
        /**
         * ModelUseOut
         * @description What was used of one model on one day.
         */
        ModelUseOut: {
            /** Completion Tokens */
            completion_tokens: number;
            /** Day */
            day: string;
            /** Model */
            model: string;
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Requests */
            requests: number;
        };
        /**
         * ModelsOut
         * @description All that the person may use.
         */
        ModelsOut: {
            /** Data */
            data: components["schemas"]["ModelOut"][];
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
        };
        /**
         * OverviewOut
         * @description Every day, the oldest first; and the models, the most used first.
         */
        OverviewOut: {
            /** Days */
            days: components["schemas"]["DayShareOut"][];
            /** Models */
            models: components["schemas"]["ModelShareOut"][];
            /**
             * People
             * @description How many used something in all that time
             */
            people: number;
        };
        /**
         * PassageOut
         * @description The piece of a document that answers best.
         */
        PassageOut: {
            /**
             * Start
             * @description Where it begins, in characters of the body; null: not known
             */
            start: number | null;
            /** Text */
            text: string;
        };
        /**
         * PeoplePage
         * @description Who used most comes first.
         */
        PeoplePage: {
            /** Items */
            items: components["schemas"]["UserShareOut"][];
            /** Next */
            next: string | null;
        };
        /**
         * PeriodOut
         * @description One of the two budgets, in tokens.
         */
        PeriodOut: {
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Left */
            left: number;
            /** Limit */
            limit: number;
            /** Reserved */
            reserved: number;
            /** Used */
            used: number;
        };
        /**
         * PersonUseOut
         * @description What one person used of one model on one day; `visitors` are all of them.
         */
        PersonUseOut: {
            /** Completion Tokens */
            completion_tokens: number;
            /** Day */
            day: string;
            /** Model */
            model: string;
            /** Person */
            person: string;
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Requests */
            requests: number;
        };
        /** Picture */
        Picture: {
            /**
             * Detail
             * @default null
             */
            detail: ("auto" | "low" | "high") | null;
            /** Url */
            url: string;
        };
        /** PicturePart */
        PicturePart: {
            image_url: components["schemas"]["Picture"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "image_url";
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
        /** RefusalPart */
        RefusalPart: {
            /** Refusal */
            refusal: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "refusal";
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
        /** ResponseFormat */
        ResponseFormat: {
            /**
             * Json Schema
             * @default null
             */
            json_schema: {
                [key: string]: unknown;
            } | null;
            /**
             * Type
             * @enum {string}
             */
            type: "text" | "json_object" | "json_schema";
        };
        /**
         * SearchIn
         * @description A question, or some words.
         */
        SearchIn: {
            /**
             * Limit
             * @description How many documents at most
             * @default 10
             */
            limit: number;
            /**
             * Query
             * @description In Spanish or in English, whichever language the documents are in
             */
            query: string;
        };
        /**
         * SearchOut
         * @description Documents, the best first.
         */
        SearchOut: {
            /** Items */
            items: components["schemas"]["HitOut"][];
            language: components["schemas"]["LanguageOut"];
        };
        /** Sound */
        Sound: {
            /**
             * Data
             * @description In base64
             */
            data: string;
            /**
             * Format
             * @enum {string}
             */
            format: "wav" | "mp3";
        };
        /** SoundPart */
        SoundPart: {
            input_audio: components["schemas"]["Sound"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "input_audio";
        };
        /**
         * StreamOptions
         * @description Of a streamed answer.
         */
        StreamOptions: {
            /**
             * Include Obfuscation
             * @default false
             */
            include_obfuscation: boolean;
            /**
             * Include Usage
             * @default false
             */
            include_usage: boolean;
        };
        /**
         * SuggestionOut
         * @description A tag that may fit.
         */
        SuggestionOut: {
            /**
             * Score
             * @description How well it fits, 1 at most
             */
            score: number;
            /**
             * Source
             * @description Used already in one's documents, or taken from the text
             * @enum {string}
             */
            source: "own" | "new";
            /** Tag */
            tag: string;
        };
        /**
         * SuggestionsOut
         * @description Tags, the best first.
         */
        SuggestionsOut: {
            /**
             * Id
             * @description For telling what was chosen; null for visitors
             */
            id: string | null;
            /** Items */
            items: components["schemas"]["SuggestionOut"][];
            /**
             * Model
             * @description What made them
             */
            model: string;
        };
        /**
         * TagsIn
         * @description The same of a document.
         */
        TagsIn: {
            /**
             * Body
             * @description Markdown; of a long one the beginning is read
             * @default
             */
            body: string;
            /**
             * Document Id
             * @description Its id, if it is saved
             * @default null
             */
            document_id: string | null;
            /**
             * Limit
             * @description How many at most
             * @default 8
             */
            limit: number;
            /**
             * Tags
             * @description Those that it has already
             */
            tags?: string[];
            /**
             * Title
             * @default
             */
            title: string;
        };
        /** TextPart */
        TextPart: {
            /** Text */
            text: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "text";
        };
        /**
         * Tool
         * @description Of the client's own, which runs there.
         */
        Tool: {
            function: components["schemas"]["Function"];
            /**
             * Type
             * @constant
             */
            type: "function";
        };
        /** ToolChoice */
        ToolChoice: {
            function: components["schemas"]["FunctionName"];
            /**
             * Type
             * @constant
             */
            type: "function";
        };
        /**
         * TrialIn
         * @description A few lines of a conversation, the last of them the question.
         */
        TrialIn: {
            /** Messages */
            messages: components["schemas"]["Line"][];
            /**
             * Stream
             * @default false
             */
            stream: boolean;
        };
        /**
         * TrialLanguage
         * @description A language that a text may be in.
         */
        TrialLanguage: {
            /**
             * Code
             * @description ISO 639; `und`: it cannot be told
             */
            code: string;
            /** Probability */
            probability: number;
        };
        /**
         * TrialLanguageOut
         * @description What language a text is in.
         */
        TrialLanguageOut: {
            /**
             * English
             * @description A Spanish text in English words, as the search reads it; else null
             */
            english: string | null;
            /**
             * Languages
             * @description The most probable first
             */
            languages: components["schemas"]["TrialLanguage"][];
        };
        /**
         * TrialSearchIn
         * @description A question about the samples.
         */
        TrialSearchIn: {
            /** Query */
            query: string;
        };
        /**
         * TrialTextIn
         * @description A short text.
         */
        TrialTextIn: {
            /** Text */
            text: string;
        };
        /**
         * Usage
         * @description What it cost, in tokens.
         */
        Usage: {
            /** Completion Tokens */
            completion_tokens: number;
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Total Tokens */
            total_tokens: number;
        };
        /**
         * UsageOut
         * @description One's own budgets, and the last thirty-one days.
         */
        UsageOut: {
            day: components["schemas"]["PeriodOut"];
            /** Items */
            items: components["schemas"]["ModelUseOut"][];
            month: components["schemas"]["PeriodOut"];
        };
        /**
         * UsePage
         * @description The newest days first.
         */
        UsePage: {
            /** Items */
            items: components["schemas"]["PersonUseOut"][];
            /** Next */
            next: string | null;
        };
        /**
         * UserShareOut
         * @description `person` is an id, or `visitors`: all of them together.
         */
        UserShareOut: {
            /** Completion Tokens */
            completion_tokens: number;
            /** Last Day */
            last_day: string;
            /** Person */
            person: string;
            /** Prompt Tokens */
            prompt_tokens: number;
            /** Requests */
            requests: number;
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
    askDocuments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskIn"];
            };
        };
        responses: {
            /** @description The answer; with `stream`, server-sent events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskOut"];
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
    listBudgets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that was set */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetsOut"];
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
    setBudget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scope: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BudgetIn"];
            };
        };
        responses: {
            /** @description It holds from now on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetOut"];
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
    removeBudget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scope: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What holds otherwise holds again */
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
    createJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobIn"];
            };
        };
        responses: {
            /** @description The job that does it */
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
    searchByMeaning: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchIn"];
            };
        };
        responses: {
            /** @description Documents, the best first, each with its best passage */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchOut"];
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
    suggestTags: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagsIn"];
            };
        };
        responses: {
            /** @description Tags, the best first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestionsOut"];
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
    chooseTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                suggestion_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChoiceIn"];
            };
        };
        responses: {
            /** @description It is kept */
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
    tryChat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrialIn"];
            };
        };
        responses: {
            /** @description The answer; with `stream`, server-sent events of its pieces */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatOut"];
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
    tryLanguage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrialTextIn"];
            };
        };
        responses: {
            /** @description Languages, the most probable first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrialLanguageOut"];
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
    trySearch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrialSearchIn"];
            };
        };
        responses: {
            /** @description Samples, the best first, each with its best passage */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchOut"];
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
    tryTags: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrialTextIn"];
            };
        };
        responses: {
            /** @description Tags, the best first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuggestionsOut"];
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
    readUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Both budgets, and what was used */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageOut"];
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
    readEverybodysUsage: {
        parameters: {
            query?: {
                person?: string;
                model?: string;
                since?: string;
                until?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of what was used */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsePage"];
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
    exportUsage: {
        parameters: {
            query?: {
                days?: number;
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Person, model and day as CSV (RFC 4180) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
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
    getUsageOverview: {
        parameters: {
            query?: {
                days?: number;
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The overview */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewOut"];
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
    listUsers: {
        parameters: {
            query?: {
                days?: number;
                person?: string[];
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of people, the largest users first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeoplePage"];
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
    readUsersBudgets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Both budgets of this person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllowanceOut"];
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
    createChatCompletion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatIn"];
            };
        };
        responses: {
            /** @description The answer; with `stream`, server-sent events of its pieces */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatOut"];
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
    createEmbeddings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmbeddingsIn"];
            };
        };
        responses: {
            /** @description The vectors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmbeddingsOut"];
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
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelsOut"];
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
}
