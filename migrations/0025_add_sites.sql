CREATE TABLE "network_device_lists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"description" text,
	"organization_id" uuid,
	"cucm" text,
	"cuc" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "site_imports" (
	"organization_id" uuid NOT NULL,
	"proposed_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	CONSTRAINT "site_imports_organization_id_pk" PRIMARY KEY("organization_id")
);
--> statement-breakpoint
CREATE TABLE "site_mappings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"text" text NOT NULL,
	"search_text" text NOT NULL,
	"node_id" uuid NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"location_id" text NOT NULL,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"country" text,
	"address" text,
	"time_zone" text,
	"latitude" text,
	"longitude" text,
	"customer_id" uuid NOT NULL,
	"device_list_id" uuid,
	"gone_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "network_device_lists" ADD CONSTRAINT "network_device_lists_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "network_device_lists" ADD CONSTRAINT "network_device_lists_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_imports" ADD CONSTRAINT "site_imports_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_mappings" ADD CONSTRAINT "site_mappings_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_mappings" ADD CONSTRAINT "site_mappings_node_id_customers_id_fk" FOREIGN KEY ("node_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_device_list_id_network_device_lists_id_fk" FOREIGN KEY ("device_list_id") REFERENCES "public"."network_device_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "network_device_lists_name" ON "network_device_lists" USING btree ("customer_id","search_name" collate "C");--> statement-breakpoint
CREATE INDEX "network_device_lists_organization" ON "network_device_lists" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "site_imports_unproposed" ON "site_imports" USING btree ("organization_id") WHERE "site_imports"."proposed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "site_mappings_text" ON "site_mappings" USING btree ("customer_id","search_text" collate "C");--> statement-breakpoint
CREATE INDEX "site_mappings_node" ON "site_mappings" USING btree ("node_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sites_location" ON "sites" USING btree ("organization_id","location_id");--> statement-breakpoint
CREATE INDEX "sites_customer" ON "sites" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "sites_device_list" ON "sites" USING btree ("device_list_id");--> statement-breakpoint
CREATE INDEX "sites_search_name" ON "sites" USING btree ("search_name" collate "C","id");