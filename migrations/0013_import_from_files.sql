CREATE TABLE "import_rows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"verdict" text NOT NULL,
	"name" text NOT NULL,
	"account_number" text NOT NULL,
	"webex_uuid" uuid,
	"organization_id" uuid,
	"expected_version" timestamp with time zone,
	"values" jsonb,
	"http_proxy" text,
	"https_proxy" text,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"changes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"status" text NOT NULL,
	"person_id" text NOT NULL,
	"asked_by" text NOT NULL,
	"room_id" text NOT NULL,
	"parent_message_id" text,
	"content_id" text NOT NULL,
	"file_name" text DEFAULT '' NOT NULL,
	"passed_over" text[] DEFAULT '{}' NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"transaction_id" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"judged_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "transactions" ADD COLUMN "customer_id" uuid;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "import_rows_number" ON "import_rows" USING btree ("import_id","number");--> statement-breakpoint
CREATE INDEX "import_rows_uuid" ON "import_rows" USING btree ("import_id","webex_uuid");--> statement-breakpoint
CREATE INDEX "import_rows_unwritten" ON "import_rows" USING btree ("import_id","number") WHERE "import_rows"."outcome" is null and "import_rows"."verdict" in ('new', 'changed');--> statement-breakpoint
CREATE UNIQUE INDEX "imports_event" ON "imports" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "imports_transaction" ON "imports" USING btree ("transaction_id");--> statement-breakpoint
CREATE INDEX "imports_created" ON "imports" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;