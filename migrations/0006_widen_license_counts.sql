ALTER TABLE "licenses" ALTER COLUMN "total_units" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "licenses" ALTER COLUMN "total_units" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "licenses" ALTER COLUMN "consumed_units" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "licenses" ALTER COLUMN "consumed_units" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "licenses" ALTER COLUMN "consumed_by_users" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "licenses" ALTER COLUMN "consumed_by_workspaces" SET DATA TYPE bigint;