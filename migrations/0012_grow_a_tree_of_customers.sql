CREATE TABLE "rights" (
	"person_id" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"role" text NOT NULL,
	"email" text NOT NULL,
	"webex_org_id" text NOT NULL,
	"given_by" text NOT NULL,
	"given_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rights_person_id_customer_id_pk" PRIMARY KEY("person_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"parent_id" uuid,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"path" text NOT NULL,
	"sort_key" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
INSERT INTO "customers" ("id", "kind", "name", "search_name", "path", "sort_key", "created_by", "created_at", "updated_at")
VALUES ('00000000-0000-4000-8000-000000000001', 'provider', 'Provider', 'provider', '/00000000-0000-4000-8000-000000000001/', 'provider', 'hubkeeper', now(), now());
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "customer_id" uuid DEFAULT '00000000-0000-4000-8000-000000000001' NOT NULL;--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "customer_id" uuid;--> statement-breakpoint
ALTER TABLE "rights" ADD CONSTRAINT "rights_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_parent_id_customers_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rights_customer" ON "rights" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "rights_email" ON "rights" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_name_in_parent" ON "customers" USING btree ("parent_id","search_name" collate "C");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_path" ON "customers" USING btree ("path" collate "C");--> statement-breakpoint
CREATE INDEX "customers_sort_key" ON "customers" USING btree ("sort_key" collate "C");--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spaces" ADD CONSTRAINT "spaces_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "organizations_customer" ON "organizations" USING btree ("customer_id","id");--> statement-breakpoint
CREATE INDEX "spaces_customer" ON "spaces" USING btree ("customer_id") WHERE "spaces"."customer_id" is not null;