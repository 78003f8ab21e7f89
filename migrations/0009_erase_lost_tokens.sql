ALTER TABLE "connections" ALTER COLUMN "access_token" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ALTER COLUMN "refresh_token" DROP NOT NULL;